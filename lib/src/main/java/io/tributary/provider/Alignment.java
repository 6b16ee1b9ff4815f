package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.model.Identifiers.Input;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which item of a batch's answer belongs to which ask: by our own reference where it is echoed or is the item's name, by position only where the
 * provider's file says so and the item does not contradict its ask, else by what the item states of itself. An item that
 * fits two asks, or none, is nobody's.
 */
final class Alignment {
    /** Many people share a name: it is compared only where nothing else can be. */
    private static final Set<Input> NAMES =
            Set.of(Input.FIRST_NAME, Input.LAST_NAME, Input.FULL_NAME, Input.COMPANY_NAME);

    /**
     * An item of the answer.
     *
     * @param pointer where it lies among the items, as a part of a JSON pointer
     */
    record Placed(JsonNode node, String pointer) {}

    private final List<Placed> items;
    private final Map<String, Integer> indexByReference;

    private Alignment(List<Placed> items, Map<String, Integer> indexByReference) {
        this.items = List.copyOf(items);
        this.indexByReference = Map.copyOf(indexByReference);
    }

    static Alignment of(BatchRule rule, List<Ask> asks, JsonNode items) {
        List<Placed> placed = new ArrayList<>();
        if (rule.keyed()) {
            Map<String, Integer> byName = new HashMap<>();
            items.properties().forEach(item -> {
                byName.put(item.getKey(), placed.size());
                placed.add(new Placed(
                        item.getValue(), item.getKey().replace("~", "~0").replace("/", "~1")));
            });
            byName.keySet().retainAll(asks.stream().map(Ask::reference).collect(Collectors.toSet()));
            return new Alignment(placed, byName);
        }
        for (int i = 0; i < items.size(); i++) {
            placed.add(new Placed(items.get(i), Integer.toString(i)));
        }
        return new Alignment(placed, inList(rule, asks, items));
    }

    private static Map<String, Integer> inList(BatchRule rule, List<Ask> asks, JsonNode items) {
        Map<String, Integer> index = new HashMap<>();
        if (rule.positional() && items.size() == asks.size()) {
            for (int i = 0; i < asks.size(); i++) {
                if (fits(rule, asks.get(i), items.get(i)).orElse(true)) {
                    index.put(asks.get(i).reference(), i);
                }
            }
        }
        BitSet placed = new BitSet();
        index.values().forEach(placed::set);
        Set<String> references = asks.stream().map(Ask::reference).collect(Collectors.toSet());
        // What is not placed by now is looked for by what it says; a gap gives its place up to an item that fits.
        for (int i = 0; i < items.size(); i++) {
            if (!placed.get(i)) {
                int place = i;
                JsonNode item = items.get(i);
                rule.reference()
                        .map(path -> Optional.of(path.find(item).asText("")).filter(references::contains))
                        .orElseGet(() -> owner(rule, asks, item))
                        .filter(reference -> !index.containsKey(reference)
                                || !items.get(index.get(reference)).isObject())
                        .ifPresent(reference -> index.put(reference, place));
            }
        }
        return index;
    }

    /** The item that belongs to an ask. */
    Optional<Placed> of(Ask ask) {
        return Optional.ofNullable(indexByReference.get(ask.reference())).map(items::get);
    }

    /** The items that belong to no ask. */
    Stream<JsonNode> strays() {
        Set<Integer> placed = Set.copyOf(indexByReference.values());
        return IntStream.range(0, items.size()).filter(i -> !placed.contains(i)).mapToObj(i -> items.get(i)
                .node());
    }

    private static Optional<String> owner(BatchRule rule, List<Ask> asks, JsonNode item) {
        List<String> fitting = asks.stream()
                .filter(ask -> fits(rule, ask, item).orElse(false))
                .map(Ask::reference)
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
    }

    /** Whether an item states the same as an ask in any of what both say; empty if there is nothing to compare. */
    private static Optional<Boolean> fits(BatchRule rule, Ask ask, JsonNode item) {
        return compared(rule, ask, item, false).or(() -> compared(rule, ask, item, true));
    }

    private static Optional<Boolean> compared(BatchRule rule, Ask ask, JsonNode item, boolean names) {
        return rule.identity().entrySet().stream()
                .filter(part -> NAMES.contains(part.getKey()) == names)
                .flatMap(part -> same(ask, part.getKey(), part.getValue().find(item)).stream())
                .reduce(Boolean::logicalOr);
    }

    private static Optional<Boolean> same(Ask ask, Input input, JsonNode stated) {
        Optional<String> asked = ask.inputs().value(input);
        String text = stated.isTextual() ? plain(stated.textValue()) : "";
        return text.isEmpty()
                ? Optional.empty()
                : asked.map(value -> plain(value).equals(text));
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT)
                .strip()
                .replaceFirst("^https?://", "")
                .replaceFirst("^www\\.", "")
                .replaceFirst("/+$", "");
    }
}
