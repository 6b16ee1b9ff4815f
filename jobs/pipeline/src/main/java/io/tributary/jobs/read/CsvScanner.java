package io.tributary.jobs.read;

import io.tributary.jobs.read.CsvRecord.Ending;
import io.tributary.jobs.read.CsvRecord.Fault;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads CSV records strictly after RFC 4180, with any one-character delimiter and LF, CRLF or CR as line ends. It never
 * guesses: a record whose quotes are wrong is returned as a fault and reading goes on at the next physical line. A line
 * inside such a record is not read again by itself, because a continuation line may have the right number of commas by
 * accident; {@code line} to {@code lastLine} say which lines are lost.
 *
 * <p>Streams: holds one record at a time. Not thread-safe.
 */
final class CsvScanner implements Closeable {
    /** The longest record, in characters; the longest text column of a CRM holds 131,072. */
    static final int LONGEST_RECORD = 4 << 20;

    private static final int END = -1;

    private final Reader in;
    private final char delimiter;
    private final char[] buffer = new char[1 << 16];
    private final StringBuilder value = new StringBuilder();
    private int at;
    private int filled;
    private long line = 1;
    private int recordLength;
    private boolean lineStart = true;

    CsvScanner(Reader in, char delimiter) {
        this.in = in;
        this.delimiter = delimiter;
    }

    /** The next record, or empty at the end of the file. */
    Optional<CsvRecord> next() throws IOException {
        if (peek() == END) {
            return Optional.empty();
        }
        long start = line;
        recordLength = 0;
        List<String> fields = new ArrayList<>();
        while (true) {
            Fault fault = peek() == '"' ? quoted() : unquoted();
            fields.add(value.toString());
            if (fault != Fault.NONE) {
                long last = lineStart && peek() == END ? line - 1 : line;
                return Optional.of(new CsvRecord(start, last, fields, skipLine(), fault));
            }
            if (peek() == delimiter) {
                take();
                if (recordLength > LONGEST_RECORD) {
                    long last = line;
                    return Optional.of(new CsvRecord(start, last, fields, skipLine(), Fault.TOO_LONG));
                }
                continue;
            }
            long last = line;
            return Optional.of(new CsvRecord(start, last, fields, lineEnd(), Fault.NONE));
        }
    }

    private Fault unquoted() throws IOException {
        value.setLength(0);
        for (int next = peek(); next != delimiter && next != '\n' && next != '\r' && next != END; next = peek()) {
            if (next == '"') {
                return Fault.QUOTES;
            }
            value.append((char) take());
        }
        return Fault.NONE;
    }

    private Fault quoted() throws IOException {
        value.setLength(0);
        take();
        while (true) {
            int next = peek();
            if (next == END) {
                return Fault.OPEN_QUOTE;
            }
            if (recordLength > LONGEST_RECORD) {
                return Fault.TOO_LONG;
            }
            if (next == '\n' || next == '\r') {
                int from = value.length();
                switch (lineEnd()) {
                    case LF -> value.append('\n');
                    case CR -> value.append('\r');
                    case CRLF -> value.append("\r\n");
                    case END_OF_FILE -> value.setLength(from);
                }
                continue;
            }
            take();
            if (next != '"') {
                value.append((char) next);
            } else if (peek() == '"') {
                value.append((char) take());
            } else {
                int after = peek();
                boolean closed = after == delimiter || after == '\n' || after == '\r' || after == END;
                return closed ? Fault.NONE : Fault.QUOTES;
            }
        }
    }

    private Ending skipLine() throws IOException {
        for (int next = peek(); next != '\n' && next != '\r' && next != END; next = peek()) {
            take();
        }
        return lineEnd();
    }

    private Ending lineEnd() throws IOException {
        int first = take();
        if (first == END) {
            return Ending.END_OF_FILE;
        }
        line++;
        if (first == '\n') {
            return Ending.LF;
        }
        if (peek() != '\n') {
            return Ending.CR;
        }
        take();
        return Ending.CRLF;
    }

    private int peek() throws IOException {
        if (at == filled) {
            at = 0;
            filled = Math.max(0, in.read(buffer, 0, buffer.length));
        }
        return at == filled ? END : buffer[at];
    }

    private int take() throws IOException {
        int next = peek();
        if (next != END) {
            at++;
            recordLength++;
            lineStart = next == '\n' || next == '\r';
        }
        return next;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
