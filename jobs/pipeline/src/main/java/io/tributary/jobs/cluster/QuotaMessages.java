package io.tributary.jobs.cluster;

import io.tributary.quota.Lease;
import io.tributary.quota.Report;
import io.tributary.quota.Stalls;
import io.tributary.quota.WindowId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reports and leases as bytes: several a second from each executor, so no JSON. Both ends are of one version. */
final class QuotaMessages {
    /** No message of another kind begins so. */
    private static final byte KIND = 'Q';

    private QuotaMessages() {}

    /**
     * What an executor reports of each provider.
     *
     * @param reports by provider
     */
    record Reports(String run, String executor, Map<String, Report> reports) {}

    static boolean isReports(byte[] message) {
        return message.length > 0 && message[0] == KIND;
    }

    static byte[] reports(Reports all) throws IOException {
        return written(out -> {
            out.writeByte(KIND);
            out.writeUTF(all.run());
            out.writeUTF(all.executor());
            out.writeInt(all.reports().size());
            for (Map.Entry<String, Report> each : all.reports().entrySet()) {
                out.writeUTF(each.getKey());
                write(out, each.getValue());
            }
        });
    }

    static Reports reports(byte[] message) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(message));
        in.readByte();
        String run = in.readUTF();
        String executor = in.readUTF();
        Map<String, Report> reports = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            reports.put(in.readUTF(), report(in));
        }
        return new Reports(run, executor, reports);
    }

    /** @param leases by provider */
    static byte[] leases(Map<String, Lease> leases) throws IOException {
        return written(out -> {
            out.writeByte(KIND);
            out.writeInt(leases.size());
            for (Map.Entry<String, Lease> each : leases.entrySet()) {
                out.writeUTF(each.getKey());
                write(out, each.getValue());
            }
        });
    }

    static Map<String, Lease> leases(byte[] message) throws IOException {
        if (!isReports(message)) {
            throw new IOException("the driver answered with something else than leases");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(message));
        in.readByte();
        Map<String, Lease> leases = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            leases.put(in.readUTF(), lease(in));
        }
        return leases;
    }

    private static void write(DataOutputStream out, Report report) throws IOException {
        out.writeLong(report.number());
        out.writeInt(report.windows().size());
        for (Report.Use use : report.windows()) {
            write(out, use.id());
            out.writeInt(use.held());
            out.writeInt(use.inFlight());
            out.writeInt(use.leaving().size());
            for (Report.Leaving some : use.leaving()) {
                out.writeLong(some.inNanos());
                out.writeInt(some.calls());
            }
            out.writeInt(use.wants());
            out.writeInt(use.unit());
            out.writeBoolean(use.told().isPresent());
            if (use.told().isPresent()) {
                Report.Told told = use.told().get();
                out.writeInt(told.limit());
                out.writeInt(told.used());
                out.writeInt(told.own());
                out.writeLong(told.agoNanos());
            }
        }
        out.writeLong(report.sent());
        out.writeLong(report.refused());
        out.writeLong(report.pausedNanos());
        out.writeLong(report.brokenNanos());
        out.writeUTF(report.closed().orElse(""));
        for (Stalls.Cause cause : Stalls.Cause.values()) {
            out.writeLong(report.stalledNanos().getOrDefault(cause, 0L));
        }
    }

    private static Report report(DataInputStream in) throws IOException {
        long number = in.readLong();
        List<Report.Use> uses = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            WindowId id = id(in);
            int held = in.readInt();
            int inFlight = in.readInt();
            List<Report.Leaving> leaving = new ArrayList<>();
            for (int some = in.readInt(); some > 0; some--) {
                leaving.add(new Report.Leaving(in.readLong(), in.readInt()));
            }
            int wants = in.readInt();
            int unit = in.readInt();
            Optional<Report.Told> told = in.readBoolean()
                    ? Optional.of(new Report.Told(in.readInt(), in.readInt(), in.readInt(), in.readLong()))
                    : Optional.empty();
            uses.add(new Report.Use(id, held, inFlight, leaving, wants, unit, told));
        }
        long sent = in.readLong();
        long refused = in.readLong();
        long paused = in.readLong();
        long broken = in.readLong();
        Optional<String> closed = text(in);
        Map<Stalls.Cause, Long> stalled = new EnumMap<>(Stalls.Cause.class);
        for (Stalls.Cause cause : Stalls.Cause.values()) {
            stalled.put(cause, in.readLong());
        }
        return new Report(number, uses, sent, refused, paused, broken, closed, stalled);
    }

    private static void write(DataOutputStream out, Lease lease) throws IOException {
        out.writeLong(lease.number());
        out.writeLong(lease.lengthNanos());
        out.writeInt(lease.grants().size());
        for (Lease.Grant grant : lease.grants()) {
            write(out, grant.id());
            out.writeInt(grant.held());
            out.writeInt(grant.target());
        }
        out.writeLong(lease.againNanos());
        out.writeLong(lease.pausedNanos());
        out.writeLong(lease.brokenNanos());
        out.writeUTF(lease.closed().orElse(""));
    }

    private static Lease lease(DataInputStream in) throws IOException {
        long number = in.readLong();
        long length = in.readLong();
        List<Lease.Grant> grants = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            grants.add(new Lease.Grant(id(in), in.readInt(), in.readInt()));
        }
        return new Lease(number, length, grants, in.readLong(), in.readLong(), in.readLong(), text(in));
    }

    private static void write(DataOutputStream out, WindowId id) throws IOException {
        out.writeInt(id.number());
        out.writeUTF(id.scope());
    }

    private static WindowId id(DataInputStream in) throws IOException {
        return new WindowId(in.readInt(), in.readUTF());
    }

    private static Optional<String> text(DataInputStream in) throws IOException {
        return Optional.of(in.readUTF()).filter(text -> !text.isEmpty());
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        writing.to(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
