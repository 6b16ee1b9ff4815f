package io.tributary.jobs.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The fields of a JSON text, as {@code path type}. A name that is no name of a field, such as an id or an address under which
 * a record stands, is written {@code *}: it would be new in each answer, and may be about a person.
 */
final class FieldPaths {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A word as programmers write one; three digits in a row are part of an id. */
    private static final Pattern NAME = Pattern.compile("(?!.*\\d{3})[A-Za-z_$][A-Za-z0-9_$-]{0,47}");

    private static final int DEEPEST = 12;

    /** An object with more members than this is no record but a map of them. */
    private static final int MOST_MEMBERS = 500;

    private FieldPaths() {}

    /** @param type as {@code JSON} calls it, lower case */
    record Typed(String path, String type) implements Comparable<Typed> {
        @Override
        public int compareTo(Typed other) {
            int byPath = path.compareTo(other.path);
            return byPath != 0 ? byPath : type.compareTo(other.type);
        }
    }

    /** Empty for a text that is no JSON document, or a bare value. */
    static Set<Typed> of(String text) {
        Set<Typed> found = new TreeSet<>();
        parsed(text).ifPresent(root -> collect("", root, 0, found));
        return found;
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text));
        } catch (JsonProcessingException noJson) {
            return Optional.empty();
        }
    }

    private static void collect(String path, JsonNode node, int depth, Set<Typed> found) {
        if (!path.isEmpty()) {
            found.add(new Typed(path, node.getNodeType().name().toLowerCase(Locale.ROOT)));
        }
        if (depth == DEEPEST) {
            return;
        }
        if (node.isObject()) {
            boolean map = node.size() > MOST_MEMBERS;
            node.properties().forEach(member -> {
                String name = !map && NAME.matcher(member.getKey()).matches() ? member.getKey() : "*";
                collect(path.isEmpty() ? name : path + "." + name, member.getValue(), depth + 1, found);
            });
        } else if (node.isArray()) {
            node.forEach(item -> collect(path + "[]", item, depth + 1, found));
        }
    }
}
