package io.tributary.jobs.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.order.AutoOrder;
import io.tributary.order.Estimate;
import io.tributary.order.Forecast;
import io.tributary.order.HitRates;
import io.tributary.order.Segment;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * In which order the providers are asked about one segment, and by what figures.
 *
 * @param keys that are planned
 * @param places the providers in their order
 * @param explore the share of the keys at which somebody else goes first
 */
record SegmentOrder(Segment segment, long keys, List<Place> places, double explore) {
    private static final int SHOWN = 10;

    /**
     * One provider in it.
     *
     * @param asked how many answers about the segment are counted
     */
    record Place(String provider, Estimate estimate, long asked) {}

    SegmentOrder {
        places = List.copyOf(places);
    }

    /** One for each segment in which there is a choice, the biggest first. */
    static List<SegmentOrder> of(List<Forecast.Group> groups, HitRates rates, AutoOrder order, List<String> waterfall) {
        Map<Segment, Long> keys = new HashMap<>();
        Map<Segment, Set<String>> asked = new HashMap<>();
        for (Forecast.Group group : groups) {
            keys.merge(group.segment(), group.keys(), Long::sum);
            Set<String> providers = asked.computeIfAbsent(group.segment(), one -> new HashSet<>());
            group.asks().forEach(ask -> providers.add(ask.provider()));
        }
        return keys.entrySet().stream()
                .filter(segment -> asked.get(segment.getKey()).size() > 1)
                .sorted(Map.Entry.<Segment, Long>comparingByValue().reversed().thenComparing(segment -> segment.getKey()
                        .text()))
                .map(segment -> {
                    List<String> listed = waterfall.stream()
                            .filter(asked.get(segment.getKey())::contains)
                            .toList();
                    List<Place> places = order.measured(segment.getKey(), listed).stream()
                            .map(provider -> new Place(
                                    provider,
                                    rates.estimate(provider, segment.getKey()),
                                    rates.asked(provider, segment.getKey())))
                            .toList();
                    return new SegmentOrder(segment.getKey(), segment.getValue(), places, order.explore());
                })
                .toList();
    }

    static void text(List<SegmentOrder> orders, StringBuilder out) {
        if (orders.isEmpty()) {
            return;
        }
        out.append(String.format(Locale.ROOT, "order: auto, by the hits for a credit that history tells%n"));
        orders.stream()
                .sorted(Comparator.comparingLong(SegmentOrder::keys).reversed())
                .limit(SHOWN)
                .forEach(one -> out.append(one.text()).append(System.lineSeparator()));
        if (orders.size() > SHOWN) {
            out.append(String.format(Locale.ROOT, "  and %,d more, of fewer keys%n", orders.size() - SHOWN));
        }
        orders.stream()
                .mapToDouble(SegmentOrder::explore)
                .filter(share -> share > 0)
                .max()
                .ifPresent(share -> out.append(String.format(
                        Locale.ROOT, "  %.1f %% of the keys ask first who is known least%n", 100 * share)));
    }

    private String text() {
        String why = places.stream()
                .map(place -> String.format(
                        Locale.ROOT,
                        "%s %.0f %% for %.2f",
                        place.provider(),
                        100 * place.estimate().hitRate(),
                        place.estimate().credits()))
                .collect(Collectors.joining(" before "));
        return String.format(Locale.ROOT, "  %,10d keys, %s: %s", keys, segment.text(), why);
    }

    void into(ObjectNode one) {
        one.put("kind", segment.kind().id())
                .put("country", segment.country())
                .put("company_size", segment.size())
                .put("keys", keys)
                .put("explore", explore);
        ArrayNode each = one.putArray("providers");
        for (Place place : places) {
            each.addObject()
                    .put("provider", place.provider())
                    .put("hit_rate", rounded(place.estimate().hitRate()))
                    .put("credits", rounded(place.estimate().credits()))
                    .put("asked", place.asked());
        }
    }

    private static double rounded(double figure) {
        return Math.round(figure * 10_000) / 10_000.0;
    }
}
