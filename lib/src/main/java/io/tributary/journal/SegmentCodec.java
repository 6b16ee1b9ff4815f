package io.tributary.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Segments as bytes:
 *
 * <pre>
 * "TJ" version:u8 deflated(record*) footer
 * record := kind:u8 length:i32 crc32c(kind payload):i32 payload
 * payload of 'I', an intent := JSON
 * payload of 'A', an answer := length:i32 JSON length:i32 profiles body, texts in UTF-8
 * footer := count:i32 crc32c(all bytes before this one):i32
 * </pre>
 *
 * The footer is the commit: without it, or when a count or checksum differs, the segment is torn, and of its records only
 * those before the damage are believed whose own checksum holds. Records share one deflated stream because answers of one
 * provider resemble each other; bodies stand outside of the JSON so that they need no escaping.
 *
 * <p>Compatibility: a field may be added to a record's JSON in the same version, if its record gives it a value where an
 * older segment has none; unknown fields are ignored. Anything else raises the version, and every version that was ever
 * released stays readable: a segment of each is kept with the tests. Thread-safe.
 */
public final class SegmentCodec {
    private static final int VERSION = 1;
    private static final int HEAD = 3;
    private static final int FOOTER = 8;
    private static final int MAX_RECORD = 64 << 20;

    private SegmentCodec() {}

    /** A whole segment. */
    static byte[] write(List<Intent> intents, List<Entry> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 + 512 * entries.size() + 128 * intents.size());
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            bytes.write('T');
            bytes.write('J');
            bytes.write(VERSION);
            try (DataOutputStream out =
                    new DataOutputStream(new DeflaterOutputStream(bytes, deflater, 16 << 10, false))) {
                for (Entry entry : entries) {
                    record(out, 'A', payload(entry));
                }
                for (Intent intent : intents) {
                    record(out, 'I', RecordJson.write(intent));
                }
            }
            DataOutputStream footer = new DataOutputStream(bytes);
            footer.writeInt(entries.size() + intents.size());
            footer.writeInt(checksum(ByteBuffer.wrap(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    private static void record(DataOutputStream out, char kind, byte[] payload) throws IOException {
        out.writeByte(kind);
        out.writeInt(payload.length);
        out.writeInt(checksum(kind, ByteBuffer.wrap(payload)));
        out.write(payload);
    }

    private static byte[] payload(Entry entry) {
        byte[] json = RecordJson.write(entry);
        byte[] profiles = entry.profiles().getBytes(StandardCharsets.UTF_8);
        byte[] body = entry.body().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + profiles.length + body.length)
                .putInt(json.length)
                .put(json)
                .putInt(profiles.length)
                .put(profiles)
                .put(body)
                .array();
    }

    /**
     * Reads a segment. Damage is reported in {@link Segment#torn()} and never thrown.
     *
     * @throws UnknownVersionException if a newer program wrote it
     * @throws IOException if the stream fails
     */
    public static Segment read(String path, InputStream stream) throws IOException {
        byte[] content = stream.readAllBytes();
        if (content.length < HEAD || content[0] != 'T' || content[1] != 'J') {
            return new Segment(path, List.of(), List.of(), "not a journal segment");
        }
        if (content[2] != VERSION) {
            throw new UnknownVersionException(path, Byte.toUnsignedInt(content[2]), VERSION);
        }
        List<Intent> intents = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        boolean closed = content.length >= HEAD + FOOTER
                && checksum(ByteBuffer.wrap(content, 0, content.length - 4))
                        == ByteBuffer.wrap(content).getInt(content.length - 4);
        String damage = records(content, closed ? content.length - FOOTER : content.length, intents, entries);
        int count = intents.size() + entries.size();
        if (!closed) {
            damage = "cut off or damaged after " + count + " records";
        } else if (damage.isEmpty() && ByteBuffer.wrap(content).getInt(content.length - FOOTER) != count) {
            damage = "the footer does not fit the " + count + " records before it";
        }
        return new Segment(path, intents, entries, damage);
    }

    /** Reads records up to the end or to the first that can't be believed; returns what is wrong with that one. */
    private static String records(byte[] content, int end, List<Intent> intents, List<Entry> entries) {
        ByteBuffer records = ByteBuffer.wrap(inflated(content, end));
        while (records.remaining() >= 9) {
            String number = "record " + (intents.size() + entries.size() + 1);
            char kind = (char) (records.get() & 0xff);
            int length = records.getInt();
            int sum = records.getInt();
            if (kind != 'A' && kind != 'I' || length < 0 || length > MAX_RECORD || length > records.remaining()) {
                return number + " is cut off or damaged";
            }
            ByteBuffer payload = records.slice(records.position(), length);
            records.position(records.position() + length);
            if (checksum(kind, payload.duplicate()) != sum) {
                return "the checksum of " + number + " does not fit";
            }
            try {
                if (kind == 'A') {
                    entries.add(entry(payload));
                } else {
                    intents.add(RecordJson.intent(bytes(payload, length)));
                }
            } catch (IOException | RuntimeException unreadable) {
                return number + " is not one that this version of Tributary can read";
            }
        }
        return records.hasRemaining() ? "cut off after " + (intents.size() + entries.size()) + " records" : "";
    }

    private static Entry entry(ByteBuffer payload) throws IOException {
        byte[] json = bytes(payload, payload.getInt());
        String profiles = new String(bytes(payload, payload.getInt()), StandardCharsets.UTF_8);
        String body = new String(bytes(payload, payload.remaining()), StandardCharsets.UTF_8);
        return RecordJson.entry(json, profiles, body);
    }

    private static byte[] bytes(ByteBuffer from, int length) throws IOException {
        if (length < 0 || length > from.remaining()) {
            throw new IOException("a text of " + length + " bytes in " + from.remaining());
        }
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    /** What can be inflated, up to the damage if there is any. */
    private static byte[] inflated(byte[] content, int end) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(end * 4);
        byte[] part = new byte[8192];
        Inflater inflater = new Inflater(true);
        try (InputStream in =
                new InflaterInputStream(new ByteArrayInputStream(content, HEAD, end - HEAD), inflater, 16 << 10)) {
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                plain.write(part, 0, n);
            }
        } catch (IOException damaged) {
            // The records before the damage are judged by their own checksums.
        } finally {
            inflater.end();
        }
        return plain.toByteArray();
    }

    private static int checksum(char kind, ByteBuffer payload) {
        CRC32C crc = new CRC32C();
        crc.update(kind);
        crc.update(payload);
        return (int) crc.getValue();
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
