package io.tributary.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Segments as bytes. A segment is the magic number, the schema version, then records, then a footer:
 *
 * <pre>
 * "TJ" version:u8
 * record := kind:u8 ('I' intent, 'A' answer) length:i32 crc32c:i32 deflated-json
 * footer := 'E' count:i32 crc32c-of-all-record-checksums:i32
 * </pre>
 *
 * The footer is the commit: without it, or when a count or checksum differs, the segment is torn. Compatibility: a
 * field may be added to a record's JSON in the same version, if its record gives it a value where an older segment has none;
 * unknown fields are ignored. Anything else raises the version, and every version that was ever released stays readable:
 * a segment of each is kept with the tests. Thread-safe.
 */
public final class SegmentCodec {
    private static final int VERSION = 1;
    private static final int MAX_RECORD = 64 << 20;
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private SegmentCodec() {}

    /** A whole segment. */
    static byte[] write(List<Intent> intents, List<Entry> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte('T');
            out.writeByte('J');
            out.writeByte(VERSION);
            CRC32C all = new CRC32C();
            for (Entry entry : entries) {
                record(out, 'A', json(entry), deflater, all);
            }
            for (Intent intent : intents) {
                record(out, 'I', json(intent), deflater, all);
            }
            out.writeByte('E');
            out.writeInt(entries.size() + intents.size());
            out.writeInt((int) all.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    private static void record(DataOutputStream out, char kind, byte[] json, Deflater deflater, CRC32C all)
            throws IOException {
        byte[] packed = deflate(deflater, json);
        int sum = checksum(kind, packed);
        out.writeByte(kind);
        out.writeInt(packed.length);
        out.writeInt(sum);
        out.write(packed);
        update(all, sum);
    }

    /** Reads a segment. Damage is reported in {@link Segment#torn()} and never thrown; I/O failures are. */
    public static Segment read(String path, InputStream stream) throws IOException {
        byte[] content = stream.readAllBytes();
        List<Intent> intents = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        String torn = scan(content, intents, entries);
        return new Segment(path, intents, entries, torn);
    }

    private static String scan(byte[] content, List<Intent> intents, List<Entry> entries) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        if (content.length < 3 || in.readUnsignedByte() != 'T' || in.readUnsignedByte() != 'J') {
            return "not a journal segment";
        }
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            return "segment version " + version + " is not known to this version of Tributary";
        }
        CRC32C all = new CRC32C();
        int count = 0;
        while (in.available() > 0) {
            char kind = (char) in.readUnsignedByte();
            if (in.available() < 8) {
                return "cut off after " + count + " records";
            }
            if (kind == 'E') {
                boolean whole = in.readInt() == count && in.readInt() == (int) all.getValue() && in.available() == 0;
                return whole ? "" : "the footer does not fit the " + count + " records before it";
            }
            int length = in.readInt();
            int sum = in.readInt();
            if (kind != 'A' && kind != 'I' || length < 0 || length > MAX_RECORD || length > in.available()) {
                return "cut off or damaged after " + count + " records";
            }
            byte[] packed = in.readNBytes(length);
            if (checksum(kind, packed) != sum) {
                return "checksum of record " + (count + 1) + " does not fit";
            }
            try {
                byte[] json = inflate(packed);
                if (kind == 'A') {
                    entries.add(JSON.readValue(json, Entry.class));
                } else {
                    intents.add(JSON.readValue(json, Intent.class));
                }
            } catch (IOException unreadable) {
                return "record " + (count + 1) + " is not one that this version of Tributary can read";
            }
            update(all, sum);
            count++;
        }
        return "no footer after " + count + " records";
    }

    private static void update(CRC32C all, int sum) {
        all.update(sum >>> 24);
        all.update(sum >>> 16);
        all.update(sum >>> 8);
        all.update(sum);
    }

    private static int checksum(char kind, byte[] packed) {
        CRC32C crc = new CRC32C();
        crc.update(kind);
        crc.update(packed);
        return (int) crc.getValue();
    }

    private static byte[] json(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of plain values always serialise", e);
        }
    }

    private static byte[] deflate(Deflater deflater, byte[] plain) throws IOException {
        deflater.reset();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2 + 16);
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] inflate(byte[] packed) throws IOException {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }
}
