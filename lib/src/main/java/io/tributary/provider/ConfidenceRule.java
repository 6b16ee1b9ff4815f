package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How sure an answer is, 0..1: read from a number, looked up in a table of words, or else a constant.
 *
 * @param path where the provider states it; empty for a constant
 * @param scale what the provider's number is divided by
 * @param table words of the provider to confidence; empty for a number
 * @param otherwise when the provider states none, or one that can't be read
 */
record ConfidenceRule(Optional<NodePath> path, double scale, Map<String, Double> table, double otherwise) {
    ConfidenceRule {
        table = Map.copyOf(table);
        if (!(otherwise >= 0 && otherwise <= 1) || !(scale > 0)) {
            throw new IllegalArgumentException("a confidence lies in 0..1, and a scale above 0");
        }
    }

    double of(JsonNode subject) {
        if (path.isEmpty()) {
            return otherwise;
        }
        JsonNode stated = path.get().find(subject);
        if (!table.isEmpty()) {
            return table.getOrDefault(stated.asText("").toLowerCase(Locale.ROOT), otherwise);
        }
        double value =
                stated.isNumber() || stated.isTextual() && stated.asText().matches("\\d+(\\.\\d+)?")
                        ? Double.parseDouble(stated.asText()) / scale
                        : otherwise;
        return Math.max(0, Math.min(1, value));
    }
}
