package io.tributary.journal;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Segments as bytes:
 *
 * <pre>
 * "TJ" version:u8 chunk* footer
 * chunk := length:i32 zstd(record*)
 * record := kind:u8 length:i32 crc32c(kind payload):i32 payload
 * payload of 'I', an intent := JSON
 * payload of 'A', an answer := length:i32 JSON length:i32 profiles body, texts in UTF-8
 * footer := count:i32 crc32c(all bytes before this one):i32
 * </pre>
 *
 * The footer is the commit: without it, or when a count or checksum differs, the segment is torn, and of its records only
 * those before the damaged chunk are believed whose own checksum holds. Records are compressed together because answers of
 * one provider resemble each other; bodies stand outside of the JSON so that they need no escaping.
 *
 * <p>Compatibility: a field may be added to a record's JSON in the same version, if its record gives it a value where an
 * older segment has none; unknown fields are ignored. Anything else raises the version, and every version that was ever
 * released stays readable: a segment of each is kept with the tests. Thread-safe.
 */
public final class SegmentCodec {
    private static final int VERSION = 1;
    private static final int HEAD = 3;
    private static final int FOOTER = 8;
    private static final int CHUNK = 64 << 10;
    private static final int MAX_RECORD = 64 << 20;
    private static final int MAX_CHUNK = MAX_RECORD + 2 * CHUNK;

    private SegmentCodec() {}

    /** A whole segment. */
    static byte[] write(List<Intent> intents, List<Entry> entries) {
        SegmentBuffer segment = new SegmentBuffer(512 + 512 * entries.size() + 128 * intents.size());
        segment.write('T');
        segment.write('J');
        segment.write(VERSION);
        try (ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(1)) {
            Chunks chunks = new Chunks(segment, zstd);
            for (Entry entry : entries) {
                chunks.add(entry);
            }
            for (Intent intent : intents) {
                chunks.add(intent);
            }
            chunks.end();
        }
        segment.writeInt(entries.size() + intents.size());
        segment.writeInt(segment.checksum(0));
        return segment.toByteArray();
    }

    /** Collects records until they are worth compressing. */
    private static final class Chunks {
        private final SegmentBuffer to;
        private final ZstdCompressCtx zstd;
        private final SegmentBuffer plain = new SegmentBuffer(CHUNK + (CHUNK >> 1));

        Chunks(SegmentBuffer to, ZstdCompressCtx zstd) {
            this.to = to;
            this.zstd = zstd;
        }

        void add(Entry entry) {
            plain.write('A');
            int length = plain.skipInt();
            int sum = plain.skipInt();
            int json = plain.skipInt();
            RecordJson.write(entry, plain);
            plain.put(json, plain.size() - json - 4);
            byte[] profiles = entry.profiles().getBytes(StandardCharsets.UTF_8);
            plain.writeInt(profiles.length);
            plain.writeBytes(profiles);
            plain.writeBytes(entry.body().getBytes(StandardCharsets.UTF_8));
            ended('A', length, sum);
        }

        void add(Intent intent) {
            plain.write('I');
            int length = plain.skipInt();
            int sum = plain.skipInt();
            RecordJson.write(intent, plain);
            ended('I', length, sum);
        }

        private void ended(char kind, int length, int sum) {
            plain.put(length, plain.size() - sum - 4);
            plain.put(sum, plain.checksum(kind, sum + 4));
            if (plain.size() >= CHUNK) {
                end();
            }
        }

        void end() {
            if (plain.size() > 0) {
                to.writePacked(plain, zstd);
                plain.reset();
            }
        }
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
        ByteBuffer records = ByteBuffer.wrap(unpacked(content, end));
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

    /** The records of all chunks up to the first that is damaged. */
    private static byte[] unpacked(byte[] content, int end) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(end * 4);
        ByteBuffer chunks = ByteBuffer.wrap(content, HEAD, end - HEAD);
        while (chunks.remaining() >= 4) {
            int length = chunks.getInt();
            if (length < 1 || length > chunks.remaining()) {
                break;
            }
            byte[] packed = new byte[length];
            chunks.get(packed);
            long size = Zstd.getFrameContentSize(packed);
            if (size < 0 || size > MAX_CHUNK) {
                break;
            }
            try {
                plain.writeBytes(Zstd.decompress(packed, (int) size));
            } catch (ZstdException damaged) {
                break;
            }
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
