package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.model.Identifiers.Input;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which item of a batch's answer belongs to which ask: by our own reference where it is echoed, by position only where the
 * provider's file says so, else by what the item states of itself. An item that fits two asks, or none, is nobody's.
 */
final class Alignment {
    private final Map<String, Integer> indexByReference;

    private Alignment(Map<String, Integer> indexByReference) {
        this.indexByReference = Map.copyOf(indexByReference);
    }

    static Alignment of(BatchRule rule, List<Ask> asks, JsonNode items) {
        Map<String, Integer> index = new HashMap<>();
        if (!items.isArray()) {
            return new Alignment(index);
        }
        if (rule.positional() && items.size() == asks.size()) {
            for (int i = 0; i < asks.size(); i++) {
                if (!contradicts(rule, asks.get(i), items.get(i))) {
                    index.put(asks.get(i).reference(), i);
                }
            }
            return new Alignment(index);
        }
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = items.get(i);
            Optional<String> owner = rule.reference().isPresent()
                    ? Optional.of(rule.reference().get().find(item).asText("")).filter(text -> !text.isEmpty())
                    : owner(rule, asks, item);
            int place = i;
            owner.ifPresent(reference -> index.putIfAbsent(reference, place));
        }
        return new Alignment(index);
    }

    int indexOf(Ask ask) {
        return indexByReference.getOrDefault(ask.reference(), -1);
    }

    private static Optional<String> owner(BatchRule rule, List<Ask> asks, JsonNode item) {
        List<String> fitting = asks.stream()
                .filter(ask -> rule.identity().entrySet().stream().anyMatch(part -> same(
                                ask, part.getKey(), part.getValue().find(item))
                        .orElse(false)))
                .map(Ask::reference)
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
    }

    private static boolean contradicts(BatchRule rule, Ask ask, JsonNode item) {
        List<Boolean> known = rule.identity().entrySet().stream()
                .map(part -> same(ask, part.getKey(), part.getValue().find(item)))
                .flatMap(Optional::stream)
                .toList();
        return !known.isEmpty() && known.stream().noneMatch(same -> same);
    }

    /** Whether an item states the same as the ask; empty if one of the two says nothing. */
    private static Optional<Boolean> same(Ask ask, Input input, JsonNode stated) {
        Optional<String> asked = ask.inputs().value(input);
        String text = stated.isTextual() ? plain(stated.textValue()) : "";
        return asked.isEmpty() || text.isEmpty()
                ? Optional.empty()
                : Optional.of(plain(asked.get()).equals(text));
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT)
                .strip()
                .replaceFirst("^https?://", "")
                .replaceFirst("^www\\.", "")
                .replaceFirst("/+$", "");
    }
}
