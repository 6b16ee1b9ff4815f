package io.tributary.journal;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Bytes that are written once and read where they lie: every answer passes here, and each copy of it is paid for. Not
 * thread-safe.
 */
final class SegmentBuffer extends ByteArrayOutputStream {
    SegmentBuffer(int expected) {
        super(expected);
    }

    /** Big-endian. */
    void writeInt(int value) {
        makeRoom(4);
        put(count, value);
        count += 4;
    }

    /** Leaves room for a number that is known later; returns where. */
    int skipInt() {
        int at = count;
        writeInt(0);
        return at;
    }

    /** Fills a place that was left. */
    void put(int at, int value) {
        buf[at] = (byte) (value >>> 24);
        buf[at + 1] = (byte) (value >>> 16);
        buf[at + 2] = (byte) (value >>> 8);
        buf[at + 3] = (byte) value;
    }

    /** Adds what is left of another buffer when it is compressed, after its length. */
    void writePacked(SegmentBuffer plain, ZstdCompressCtx zstd) {
        int length = skipInt();
        int most = (int) Zstd.compressBound(plain.count);
        makeRoom(most);
        int packed = zstd.compressByteArray(buf, count, most, plain.buf, 0, plain.count);
        count += packed;
        put(length, packed);
    }

    /** Of all bytes from there on. */
    int checksum(int from) {
        CRC32C crc = new CRC32C();
        crc.update(buf, from, count - from);
        return (int) crc.getValue();
    }

    /** Of one byte, and all bytes from there on. */
    int checksum(char first, int from) {
        CRC32C crc = new CRC32C();
        crc.update(first);
        crc.update(buf, from, count - from);
        return (int) crc.getValue();
    }

    private void makeRoom(int more) {
        if (buf.length - count < more) {
            buf = Arrays.copyOf(buf, Math.max(2 * buf.length, count + more));
        }
    }
}
