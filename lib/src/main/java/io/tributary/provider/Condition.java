package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * When a rule holds: all of its parts must. An empty part holds always.
 *
 * @param status statuses such as {@code 404} or {@code 5xx}
 * @param body path to wanted values: a text (ignoring case), the beginning of one before {@code *}, {@code *} for any value that is there, {@code -} for none,
 *     {@code null} for a null that is written out, <code>{}</code> for an object without members
 * @param header name to a wanted text, {@code *} or {@code -}
 */
record Condition(List<String> status, Map<NodePath, List<String>> body, Map<String, String> header) {
    Condition {
        status = List.copyOf(status);
        body = Map.copyOf(body);
        header = Map.copyOf(header);
    }

    boolean holds(HttpAnswer answer, JsonNode json) {
        return statusHolds(answer.status()) && bodyHolds(json) && headerHolds(answer);
    }

    /** A condition on a body alone. */
    static Condition of(Map<NodePath, List<String>> body) {
        return new Condition(List.of(), body, Map.of());
    }

    boolean bodyHolds(JsonNode json) {
        for (Map.Entry<NodePath, List<String>> part : body.entrySet()) {
            JsonNode actual = part.getKey().find(json);
            if (part.getValue().stream().noneMatch(wanted -> valueHolds(wanted, actual))) {
                return false;
            }
        }
        return true;
    }

    private boolean statusHolds(int actual) {
        return status.isEmpty()
                || status.stream()
                        .anyMatch(wanted -> wanted.endsWith("xx")
                                ? actual / 100 == wanted.charAt(0) - '0'
                                : actual == Integer.parseInt(wanted));
    }

    private boolean headerHolds(HttpAnswer answer) {
        return header.isEmpty()
                || header.entrySet().stream().allMatch(part -> {
                    String actual = answer.header(part.getKey()).orElse("");
                    return switch (part.getValue()) {
                        case "*" -> !actual.isEmpty();
                        case "-" -> actual.isEmpty();
                        default -> actual.equalsIgnoreCase(part.getValue());
                    };
                });
    }

    private static boolean valueHolds(String wanted, JsonNode actual) {
        boolean there = !actual.isMissingNode()
                && !actual.isNull()
                && !(actual.isTextual() && actual.textValue().isBlank())
                && !(actual.isContainerNode() && actual.isEmpty());
        return switch (wanted) {
            case "*" -> there;
            case "-" -> !there;
            case "null" -> actual.isNull();
            case "{}" -> actual.isObject() && actual.isEmpty();
            default -> there && actual.isValueNode() && textHolds(wanted, actual.asText());
        };
    }

    private static boolean textHolds(String wanted, String actual) {
        int begin = wanted.length() - 1;
        return begin > 0 && wanted.charAt(begin) == '*'
                ? actual.regionMatches(true, 0, wanted, 0, begin)
                : actual.equalsIgnoreCase(wanted);
    }
}
