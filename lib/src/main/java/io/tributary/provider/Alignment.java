package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which item of a batch's answer belongs to which ask: by our own reference where it is echoed or is the item's name, by
 * position only where the provider's file says so and the item does not contradict its ask, else by what the item states
 * of itself. An item that fits two asks, or none, is nobody's.
 */
final class Alignment {
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
            List<Optional<Boolean>> inPlace = IntStream.range(0, asks.size())
                    .mapToObj(i -> rule.identity().fits(asks.get(i), items.get(i)))
                    .toList();
            for (int i = 0; i < asks.size(); i++) {
                JsonNode item = items.get(i);
                if (inPlace.get(i).orElseGet(() -> !isClaimed(rule, asks, inPlace, item))) {
                    index.put(asks.get(i).reference(), i);
                }
            }
        }
        BitSet placed = new BitSet();
        index.values().forEach(placed::set);
        Map<String, List<Ask>> byMark = new HashMap<>();
        if (placed.cardinality() < items.size()) {
            asks.forEach(ask -> rule.identity().marks(ask).forEach(mark -> byMark.computeIfAbsent(
                            mark, fresh -> new ArrayList<>())
                    .add(ask)));
        }
        Map<String, Ask> references = asks.stream().collect(Collectors.toMap(Ask::reference, ask -> ask, (a, b) -> a));
        // What is not placed by now is looked for by what it says; a gap, or what says nothing of itself, gives its
        // place up
        // to an item that fits.
        for (int i = 0; i < items.size(); i++) {
            if (!placed.get(i)) {
                int place = i;
                JsonNode item = items.get(i);
                rule.reference()
                        .map(path -> Optional.of(path.find(item).asText("")).filter(references::containsKey))
                        .orElseGet(() -> owner(rule, byMark, item))
                        .filter(reference -> !index.containsKey(reference)
                                || rule.identity()
                                        .fits(references.get(reference), items.get(index.get(reference)))
                                        .isEmpty())
                        .ifPresent(reference -> index.put(reference, place));
            }
        }
        return index;
    }

    /**
     * Whether an item that says nothing of what its ask does is known to be another's, whose own place holds no item of
     * its own: then the order was not kept.
     */
    private static boolean isClaimed(BatchRule rule, List<Ask> asks, List<Optional<Boolean>> inPlace, JsonNode item) {
        return IntStream.range(0, asks.size())
                .filter(i -> !inPlace.get(i).orElse(false))
                .anyMatch(i -> rule.identity().fits(asks.get(i), item).orElse(false));
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

    /** A job's page may hold a thousand items of ten thousand asks, so only those are compared that share something. */
    private static Optional<String> owner(BatchRule rule, Map<String, List<Ask>> byMark, JsonNode item) {
        List<String> fitting = rule.identity().marks(item).stream()
                .flatMap(mark -> byMark.getOrDefault(mark, List.of()).stream())
                .distinct()
                .filter(ask -> rule.identity().fits(ask, item).orElse(false))
                .map(Ask::reference)
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
    }
}
