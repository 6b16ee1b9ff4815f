package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where a response states an amount of credits: a header, or paths of which the first with an amount counts. Text that is
 * a number counts as one. A negative number is no amount: several providers write -1 where they do not know.
 */
record Meter(Optional<String> header, List<NodePath> paths) {
    private static final String NUMBER = "\\d{1,15}(\\.\\d{1,15})?";

    Meter {
        paths = List.copyOf(paths);
    }

    /** @param within the part of the body that paths start from */
    OptionalDouble amount(HttpAnswer answer, JsonNode within) {
        if (header.isPresent()) {
            return answer.header(header.get()).map(Meter::number).orElse(OptionalDouble.empty());
        }
        return paths.stream()
                .map(path -> number(path.find(within)))
                .filter(OptionalDouble::isPresent)
                .findFirst()
                .orElse(OptionalDouble.empty());
    }

    private static OptionalDouble number(JsonNode node) {
        if (node.isNumber()) {
            double value = node.doubleValue();
            return Double.isFinite(value) && value >= 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
        }
        return node.isTextual() ? number(node.textValue()) : OptionalDouble.empty();
    }

    private static OptionalDouble number(String text) {
        String bare = text.strip();
        return bare.matches(NUMBER) ? OptionalDouble.of(Double.parseDouble(bare)) : OptionalDouble.empty();
    }
}
