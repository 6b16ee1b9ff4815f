package io.tributary.acceptance;

import io.tributary.journal.Entry;
import io.tributary.journal.Segment;
import io.tributary.journal.SegmentCodec;
import io.tributary.sandbox.SandboxServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Does harm to one night, and keeps book of what it may have cost and of when nobody may call. For one thread. */
final class ChaosHarm {
    /** Longer than an executor's lease. */
    private static final Duration FROZEN = Duration.ofSeconds(4);

    /** Longer than {@link #SPARK_WAITS}, and Spark looks each second. */
    private static final Duration LOST = Duration.ofSeconds(14);

    /** How long Spark waits for a sign of an executor, in rounds that lose the network for longer; as shipped it is two minutes. */
    static final Duration SPARK_WAITS = Duration.ofSeconds(10);

    /** How often an executor gives a sign, in these rounds. */
    static final Duration HEARTBEAT = Duration.ofSeconds(2);

    /** Until everything that was answered is flushed again. */
    private static final Duration SETTLED = Duration.ofMillis(2500);

    /** How long the relay keeps a process that goes on from a lease: less than the leases of others last. */
    private static final Duration UNLEASED = Duration.ofMillis(750);

    /** What a relay had in its hands when it was stalled has gone by then. */
    private static final Duration PASSED = Duration.ofMillis(50);

    /** How long an executor lives after its driver or its worker. */
    private static final long SURVIVES_MILLIS = 3000;

    private static final String NO_QUIRKS = "{\"quirks\": {\"all\": 0}}";

    private final ClusterProcesses processes;
    private final SandboxServer sandbox;
    private final JournalPlace journal;
    private final List<LoopbackRelay> relays;
    private final int inFlight;
    private final List<Exposure> exposures = new ArrayList<>();
    private final List<Standstill> standstills = new ArrayList<>();
    private final List<String> unjudged = new ArrayList<>();
    private int kills;
    private long segmentRecords;

    ChaosHarm(
            ClusterProcesses processes,
            SandboxServer sandbox,
            JournalPlace journal,
            List<LoopbackRelay> relays,
            int inFlight) {
        this.processes = processes;
        this.sandbox = sandbox;
        this.journal = journal;
        this.relays = relays;
        this.inFlight = inFlight;
    }

    List<Exposure> exposures() {
        return List.copyOf(exposures);
    }

    /** When who may not have called. */
    List<Standstill> standstills() {
        return List.copyOf(standstills);
    }

    /** What nobody could watch, with its reason. */
    List<String> unjudged() {
        return List.copyOf(unjudged);
    }

    int kills() {
        return kills;
    }

    /** What can't be read any more of segments that were torn or deleted: nobody can know of these asks. */
    long segmentRecords() {
        return segmentRecords;
    }

    /** Does it; why not, if it can't be done here. */
    Optional<String> during(ChaosFault fault, ClusterNight night) throws IOException, InterruptedException {
        kills += fault.kills() ? 1 : 0;
        long from = System.currentTimeMillis();
        switch (fault) {
            case EXECUTOR_KILLED -> {
                ProcessHandle executor = processes.executor();
                from = System.currentTimeMillis();
                ClusterProcesses.kill(executor);
                dead(fault, from, from, 1);
            }
            case QUIET_EXECUTOR_KILLED -> killQuietly();
            case WORKER_KILLED -> {
                processes.killWorker();
                dead(fault, from, from + SURVIVES_MILLIS, 1);
            }
            case DRIVER_KILLED -> {
                ClusterProcesses.kill(night.driver().toHandle());
                dead(fault, from, from + SURVIVES_MILLIS, 2);
            }
            case ALL_KILLED -> {
                ClusterProcesses.kill(night.driver().toHandle());
                int workers = processes.killWorkers();
                dead(fault, from, System.currentTimeMillis(), 2);
                for (int i = 0; i < workers; i++) {
                    processes.cluster().addWorker();
                }
            }
            case EXECUTOR_FROZEN -> {
                freezeExecutor();
                pause(SETTLED);
            }
            case DRIVER_FROZEN -> freezeDriver(night);
            case NETWORK_STALLED -> stallNetwork(FROZEN);
            case NETWORK_CUT -> {
                cutNetwork();
                // Executors that lose their driver end themselves.
                dead(fault, from, from + SURVIVES_MILLIS, 2);
            }
            case NETWORK_LOST -> {
                List<ProcessHandle> executors = processes.executors();
                stallNetwork(LOST);
                // Spark has both of them killed once it has waited; the last sign may be a little older.
                long killed =
                        from + SPARK_WAITS.minus(HEARTBEAT).minusSeconds(1).toMillis();
                dead(fault, killed, System.currentTimeMillis() + SURVIVES_MILLIS, 2);
                pause(Duration.ofMillis(SURVIVES_MILLIS));
                executors.stream()
                        .filter(ProcessHandle::isAlive)
                        .forEach(alive -> unjudged.add("Spark did not give up an executor that it lost sight of"));
            }
            case PROVIDER_FAILS -> {
                control("{\"rates\": {\"500\": 0.08, \"503\": 0.05, \"429\": 0.03}, \"quirks\": {\"all\": 0}}");
                pause(Duration.ofSeconds(3));
                control(NO_QUIRKS);
            }
            case JOURNAL_FAILS -> {
                journal.order("fail 0.3");
                pause(Duration.ofSeconds(2));
                journal.orderNothing();
                broken(fault, from);
            }
            case JOURNAL_STALLS -> {
                journal.order("stall 1500");
                pause(Duration.ofSeconds(3));
                journal.orderNothing();
                pause(SETTLED);
            }
            case JOURNAL_READ_ONLY -> {
                Optional<String> not = journal.noMount().or(journal::readOnly);
                if (not.isPresent()) {
                    return not;
                }
                pause(Duration.ofSeconds(2));
                journal.writable();
                broken(fault, from);
            }
            case JOURNAL_FULL -> {
                if (journal.noMount().isPresent()) {
                    return journal.noMount();
                }
                journal.fill();
                pause(Duration.ofSeconds(2));
                journal.empty();
                broken(fault, from);
            }
            case SEGMENT_TORN, SEGMENT_DELETED -> throw new IllegalArgumentException(fault + " is for between nights");
        }
        return Optional.empty();
    }

    /** What happens to the newest segment once its night is dead. */
    Optional<String> between(ChaosFault fault) throws IOException {
        Optional<Segment> newest = journal.newest();
        if (newest.isEmpty()) {
            return Optional.of("there is no segment");
        }
        Path file = Path.of(newest.get().path());
        long now = System.currentTimeMillis();
        long oldest =
                newest.get().entries().stream().mapToLong(Entry::atMillis).min().orElse(now);
        exposures.add(new Exposure(fault, oldest, now, newest.get().entries().size()));
        if (fault == ChaosFault.SEGMENT_DELETED) {
            Files.delete(file);
            segmentRecords += records(newest.get());
        } else {
            try (FileChannel segment = FileChannel.open(file, StandardOpenOption.WRITE)) {
                segment.truncate(segment.size() / 2);
            }
            try (InputStream left = Files.newInputStream(file)) {
                segmentRecords += records(newest.get())
                        - records(SegmentCodec.read(newest.get().path(), left));
            }
        }
        return Optional.empty();
    }

    private static int records(Segment segment) {
        return segment.entries().size() + segment.intents().size();
    }

    /** Everybody pauses, as the provider asks; what was answered before is flushed by the time of the kill. */
    private void killQuietly() throws IOException, InterruptedException {
        control("{\"bursts\": [{\"at\": 0, \"calls\": 1000000, \"kind\": \"429\"}], \"retry_after_seconds\": 4,"
                + " \"quirks\": {\"all\": 0}}");
        long refusedBefore = sandbox.ledger().counts("hunter").refusedByFault();
        long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (sandbox.ledger().counts("hunter").refusedByFault() == refusedBefore && System.nanoTime() < until) {
            LockSupport.parkNanos(2_000_000);
        }
        pause(SETTLED);
        // Still refusing: nothing can have been bought since, so whatever this loses, nothing explains.
        ClusterProcesses.kill(processes.executor());
        control(NO_QUIRKS);
    }

    /** See {@link Standstill} for why the relay is stalled when it goes on. */
    private void freezeExecutor() throws IOException {
        ProcessHandle executor = processes.executor();
        long from;
        Optional<Set<Integer>> before;
        try (ClusterProcesses.Frozen frozen = ClusterProcesses.Frozen.freeze(executor)) {
            from = System.currentTimeMillis();
            before = Connections.of(frozen.process(), sandbox.port());
            pause(FROZEN);
            relays.forEach(relay -> relay.stall(true));
            pause(PASSED);
        }
        pause(UNLEASED);
        Optional<Set<Integer>> after = Connections.of(executor, sandbox.port());
        long to = System.currentTimeMillis();
        relays.forEach(relay -> relay.stall(false));
        if (before.isEmpty() || after.isEmpty()) {
            unjudged.add("late calls of an executor: not run: its connections can't be told here");
            return;
        }
        Set<Integer> ports = new HashSet<>(before.get());
        ports.addAll(after.get());
        standstills.add(Standstill.of(ports, from, to));
    }

    private void freezeDriver(ClusterNight night) throws IOException {
        ClusterProcesses.Frozen driver =
                ClusterProcesses.Frozen.freeze(night.driver().toHandle());
        try (driver) {
            silent(FROZEN);
        }
    }

    private void stallNetwork(Duration time) {
        relays.forEach(relay -> relay.stall(true));
        silent(time);
        relays.forEach(relay -> relay.stall(false));
    }

    private void cutNetwork() throws IOException {
        for (LoopbackRelay relay : relays) {
            relay.cut();
        }
        silent(FROZEN);
        for (LoopbackRelay relay : relays) {
            relay.heal();
        }
    }

    /** Nobody reaches the driver for so long. */
    private void silent(Duration time) {
        long from = System.currentTimeMillis();
        pause(time);
        standstills.add(Standstill.ofAll(from, System.currentTimeMillis()));
    }

    private void dead(ChaosFault fault, long from, long to, int tasks) {
        exposures.add(Exposure.death(fault, from, to, tasks, inFlight));
    }

    /** A task whose journal fails is tried four times in all, on each of two executors at once. */
    private void broken(ChaosFault fault, long from) {
        dead(fault, from, System.currentTimeMillis(), 2 * 4);
    }

    private void control(String profile) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/_control/faults"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(profile))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.body());
        }
    }

    private static void pause(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }
}
