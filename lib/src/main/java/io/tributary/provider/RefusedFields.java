package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which of the fields that were asked for a refusal names. */
final class RefusedFields {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9_]+");

    private RefusedFields() {}

    /**
     * The fields that stand in the texts of a refusal: those in quotes, or without any, those that are words of their own.
     * Names of members are no texts: an error has an {@code id} too.
     */
    static Set<String> in(JsonNode refusal, List<String> fields) {
        List<String> texts = new ArrayList<>();
        collect(refusal, texts);
        Set<String> quoted = new HashSet<>();
        Set<String> words = new HashSet<>();
        for (String text : texts) {
            List<String> parts = List.of(BETWEEN_WORDS.split(text));
            for (String field : fields) {
                String name = field.toLowerCase(Locale.ROOT);
                if (text.contains("'" + name + "'")
                        || text.contains("\"" + name + "\"")
                        || text.contains("`" + name + "`")) {
                    quoted.add(field);
                }
                if (parts.contains(name)) {
                    words.add(field);
                }
            }
        }
        return quoted.isEmpty() ? words : quoted;
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isTextual()) {
            texts.add(node.textValue().toLowerCase(Locale.ROOT));
        }
        node.forEach(child -> collect(child, texts));
    }
}
