package io.tributary.jobs.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A file with one JSON object on each line; a line that is none is set aside and reading goes on. */
final class JsonLinesExtract implements ExtractScanner {
    private final BufferedReader lines;
    private final Set<String> wanted;
    private final Set<String> columns = new LinkedHashSet<>();
    private final StringBuilder line = new StringBuilder();
    private long row;
    private boolean ended;
    private boolean torn;

    JsonLinesExtract(Reader text, Set<String> wanted) {
        this.lines = new BufferedReader(text, 1 << 16);
        this.wanted = Set.copyOf(wanted);
    }

    @Override
    public List<String> columns() {
        return List.copyOf(columns);
    }

    @Override
    public Optional<Scanned> next() throws IOException {
        while (readLine()) {
            row++;
            String text = line.toString();
            if (!text.isBlank()) {
                return Optional.of(read(text));
            }
        }
        return Optional.empty();
    }

    private Scanned read(String text) {
        try {
            JsonNode record = JsonExtract.MAPPER.readTree(text);
            if (record.isObject()) {
                return JsonExtract.record(row, record, wanted, columns);
            }
        } catch (JsonProcessingException e) {
            // The message of the parser quotes the row: it goes nowhere.
        }
        torn = ended;
        return new Scanned.Unreadable(row, "json", "expected one JSON object on this line");
    }

    /** Unlike {@link BufferedReader#readLine()} it knows whether the last line was ended. */
    private boolean readLine() throws IOException {
        line.setLength(0);
        for (int next = lines.read(); next != '\n'; next = lines.read()) {
            if (next < 0) {
                ended = true;
                return line.length() > 0;
            }
            line.append((char) next);
        }
        return true;
    }

    @Override
    public boolean torn() {
        return torn;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
