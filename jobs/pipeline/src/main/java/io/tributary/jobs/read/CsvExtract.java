package io.tributary.jobs.read;

import io.tributary.jobs.read.CsvRecord.Ending;
import io.tributary.jobs.read.CsvRecord.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A CSV file with a header: every row has the header's columns and the header's line ending, or is set aside. */
final class CsvExtract implements ExtractScanner {
    private static final String CANDIDATES = ",;\t|";
    private static final int LONGEST_HEADER = 1 << 18;

    private final CsvScanner records;
    private final List<String> columns;
    private final Ending ending;
    private final Deque<Scanned> waiting = new ArrayDeque<>();
    private boolean torn;

    /**
     * Opens the file by reading its header.
     *
     * @param delimiter the configured delimiter; the one that splits the header into most columns if empty
     */
    CsvExtract(Reader text, Optional<Character> delimiter) throws IOException {
        BufferedReader in = new BufferedReader(text, LONGEST_HEADER);
        char splitsBy = delimiter.isPresent() ? delimiter.get() : sniff(in);
        this.records = new CsvScanner(in, splitsBy);
        Optional<CsvRecord> header = records.next();
        this.columns = header.map(CsvExtract::named).orElse(List.of());
        this.ending = header.map(CsvRecord::ending).orElse(Ending.END_OF_FILE);
        this.torn = header.map(record -> record.fault() != Fault.NONE).orElse(false);
    }

    private static char sniff(BufferedReader in) throws IOException {
        in.mark(LONGEST_HEADER);
        int[] seen = new int[CANDIDATES.length()];
        boolean quoted = false;
        for (int n = 0; n < LONGEST_HEADER; n++) {
            int next = in.read();
            if (next < 0 || !quoted && (next == '\n' || next == '\r')) {
                break;
            }
            quoted ^= next == '"';
            int candidate = quoted ? -1 : CANDIDATES.indexOf(next);
            if (candidate >= 0) {
                seen[candidate]++;
            }
        }
        in.reset();
        int best = 0;
        for (int n = 1; n < seen.length; n++) {
            best = seen[n] > seen[best] ? n : best;
        }
        return CANDIDATES.charAt(best);
    }

    private static List<String> named(CsvRecord header) {
        Set<String> used = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (String field : header.fields()) {
            String base = field.isBlank() ? "column" : field.strip();
            String name = base;
            for (int n = 2; !used.add(name); n++) {
                name = base + " " + n;
            }
            names.add(name);
        }
        return List.copyOf(names);
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public Optional<Scanned> next() throws IOException {
        while (waiting.isEmpty()) {
            Optional<CsvRecord> record = records.next();
            if (record.isEmpty()) {
                return Optional.empty();
            }
            read(record.get());
        }
        return Optional.of(waiting.remove());
    }

    private void read(CsvRecord record) {
        if (record.isBlankLine() && columns.size() > 1) {
            return;
        }
        boolean last = record.ending() == Ending.END_OF_FILE;
        boolean narrow = record.fields().size() < columns.size();
        torn |= record.fault() == Fault.OPEN_QUOTE || last && narrow && record.fault() == Fault.NONE;
        if (record.fault() != Fault.NONE) {
            String lines = record.line() == record.lastLine()
                    ? "line " + record.line()
                    : "lines " + record.line() + " to " + record.lastLine();
            for (long line = record.line(); line <= record.lastLine(); line++) {
                waiting.add(new Scanned.Unreadable(line, "quotes", lines + ": " + explain(record.fault())));
            }
        } else {
            waiting.add(judge(record));
        }
    }

    private static String explain(Fault fault) {
        return switch (fault) {
            case NONE -> throw new IllegalArgumentException("nothing to explain");
            case QUOTES -> "a quote inside a value must be doubled, and the value quoted";
            case OPEN_QUOTE -> "a quote was opened and never closed";
            case TOO_LONG ->
                "a value is longer than " + CsvScanner.LONGEST_RECORD
                        + " characters; a quote before it was never closed";
        };
    }

    private Scanned judge(CsvRecord record) {
        long row = record.line();
        List<String> fields = record.fields();
        if (fields.stream().anyMatch(StrictText::isDamaged)) {
            return new Scanned.Unreadable(
                    row, "encoding", "bytes that are no text in this encoding; try encoding: windows-1252");
        }
        if (record.ending() != ending && record.ending() != Ending.END_OF_FILE && ending != Ending.END_OF_FILE) {
            return new Scanned.Unreadable(
                    row, "line_endings", "the header ends with " + ending + ", this row with " + record.ending());
        }
        if (fields.size() != columns.size()) {
            return new Scanned.Unreadable(
                    row, "columns", "expected " + columns.size() + ", found " + fields.size() + otherDelimiter(fields));
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int n = 0; n < fields.size(); n++) {
            String value = fields.get(n).strip();
            if (!value.isEmpty()) {
                values.put(columns.get(n), value);
            }
        }
        return new Scanned.Readable(row, values);
    }

    private String otherDelimiter(List<String> fields) {
        if (fields.size() > 1 || columns.size() == 1) {
            return "";
        }
        String found = CANDIDATES
                .chars()
                .filter(candidate -> fields.get(0).indexOf(candidate) >= 0)
                .mapToObj(candidate -> candidate == '\t' ? "a tab" : "'" + (char) candidate + "'")
                .collect(Collectors.joining(" or "));
        return found.isEmpty() ? "" : "; delimited by " + found + "?";
    }

    @Override
    public boolean torn() {
        return torn;
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
