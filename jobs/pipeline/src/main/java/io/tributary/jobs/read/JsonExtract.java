package io.tributary.jobs.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON document that holds its records in an array: at the top, or under a path such as {@code records}. A syntax
 * error ends the file, because nothing behind it can be trusted; it then counts as torn.
 */
final class JsonExtract implements ExtractScanner {
    /** Shared by all formats of JSON: numbers keep their digits. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonParser parser;
    private final Set<String> wanted;
    private final Set<String> columns = new LinkedHashSet<>();
    private boolean open;
    private boolean torn;

    /**
     * Opens the document at its array of records.
     *
     * @param records the dotted path of the array; empty if the array is the document
     * @param wanted dotted paths inside a record to be read as columns of their own
     */
    JsonExtract(Reader text, String records, Set<String> wanted) throws IOException {
        this.parser = MAPPER.createParser(text);
        this.wanted = Set.copyOf(wanted);
        try {
            this.open = descend(records.isEmpty() ? new String[0] : records.split("\\.")) == JsonToken.START_ARRAY;
            this.torn = !open && parser.isClosed();
        } catch (JsonProcessingException e) {
            this.torn = true;
        }
    }

    private JsonToken descend(String[] path) throws IOException {
        JsonToken at = parser.nextToken();
        for (String name : path) {
            if (at != JsonToken.START_OBJECT) {
                return at;
            }
            while ((at = parser.nextToken()) == JsonToken.FIELD_NAME
                    && !parser.currentName().equals(name)) {
                parser.nextToken();
                parser.skipChildren();
            }
            if (at != JsonToken.FIELD_NAME) {
                return at;
            }
            at = parser.nextToken();
        }
        return at;
    }

    @Override
    public List<String> columns() {
        return List.copyOf(columns);
    }

    @Override
    public Optional<Scanned> next() throws IOException {
        if (!open) {
            return Optional.empty();
        }
        long row = 0;
        try {
            JsonToken token = parser.nextToken();
            row = parser.currentTokenLocation().getLineNr();
            if (token == JsonToken.START_OBJECT) {
                return Optional.of(record(row, MAPPER.readTree(parser), wanted, columns));
            }
            if (token == JsonToken.END_ARRAY) {
                open = false;
                return Optional.empty();
            }
            if (token == null) {
                open = false;
                torn = true;
                return Optional.empty();
            }
            parser.skipChildren();
            return Optional.of(new Scanned.Unreadable(row, "json", "expected an object, found " + token));
        } catch (JsonEOFException e) {
            open = false;
            torn = true;
            return Optional.empty();
        } catch (JsonProcessingException e) {
            open = false;
            torn = true;
            return Optional.of(new Scanned.Unreadable(row, "json", "not JSON from here on"));
        }
    }

    /** One record as columns; notes the columns it has. */
    static Scanned record(long row, JsonNode record, Set<String> wanted, Set<String> columns) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> damaged = new ArrayList<>();
        record.properties().forEach(entry -> {
            columns.add(entry.getKey());
            put(values, damaged, entry.getKey(), entry.getValue());
        });
        for (String path : wanted) {
            if (path.indexOf('.') > 0 && !record.has(path)) {
                JsonNode value = record.at("/" + path.replace('.', '/'));
                if (!value.isMissingNode()) {
                    columns.add(path);
                    put(values, damaged, path, value);
                }
            }
        }
        return damaged.isEmpty()
                ? new Scanned.Readable(row, values)
                : new Scanned.Unreadable(row, "encoding", "bytes that are no text in this encoding");
    }

    private static void put(Map<String, String> values, List<String> damaged, String column, JsonNode value) {
        String text = value.isNull() ? "" : value.isContainerNode() ? value.toString() : value.asText();
        if (StrictText.isDamaged(text)) {
            damaged.add(column);
        } else if (!text.isBlank()) {
            values.put(column, text.strip());
        }
    }

    @Override
    public boolean torn() {
        return torn;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
