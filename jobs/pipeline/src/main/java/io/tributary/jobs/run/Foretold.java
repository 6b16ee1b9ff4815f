package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.plan.MeasuredPast;
import io.tributary.model.EntityKind;
import io.tributary.model.KeyKind;
import io.tributary.order.AutoOrder;
import io.tributary.order.Forecast;
import io.tributary.order.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a plan comes to if the providers find and cost what they did before, and why they are asked in their order.
 *
 * @param lines what is expected of each provider and kind of subject, by the name that it has in the plan
 * @param orders of measured orders, the biggest segments first
 */
record Foretold(Map<String, Line> lines, List<SegmentOrder> orders) {
    /** Nothing was measured. */
    static final Foretold NONE = new Foretold(Map.of(), List.of());

    Foretold {
        lines = new TreeMap<>(lines);
        orders = List.copyOf(orders);
    }

    /**
     * One provider's part.
     *
     * @param calls requests, batches counted once
     */
    record Line(long calls, Forecast.Expected expected) {
        long hits() {
            return Math.round(expected.hits());
        }

        double credits() {
            return Math.round(expected.credits() * 10) / 10.0;
        }

        double hitRate() {
            return expected.asks() == 0 ? 0 : expected.hits() / expected.asks();
        }
    }

    /**
     * @param planned as {@link io.tributary.jobs.plan.PlanStep} makes it when it is told that past
     * @param orders of the entities whose order is measured
     */
    static Foretold of(
            Dataset<Row> planned, MeasuredPast past, Map<EntityKind, AutoOrder> orders, ShippedCatalog catalog) {
        Map<EntityKind, List<Forecast.Group>> groups = new EnumMap<>(EntityKind.class);
        // Keys of one segment that ask the same in the same order: there are few such orders.
        planned.where("decision = 'WORK'")
                .groupBy(
                        expr("substring_index(lookup_key, ':', 1)").as("kind"),
                        col("country"),
                        col("company_size"),
                        expr("asks.provider").as("providers"),
                        expr("transform(asks, ask -> ask.mode = 'resume')").as("paid"))
                .count()
                .collectAsList()
                .forEach(row -> {
                    Forecast.Group group = group(row);
                    groups.computeIfAbsent(group.segment().kind().entity(), one -> new ArrayList<>())
                            .add(group);
                });
        Map<String, Line> lines = new TreeMap<>();
        List<SegmentOrder> segments = new ArrayList<>();
        groups.forEach((entity, some) -> {
            Forecast.of(past.of(entity), some).forEach((provider, expected) -> {
                int batch = PlanReport.batch(catalog, entity.id(), provider);
                lines.put(entity.id() + "/" + provider, new Line((long) Math.ceil(expected.asks() / batch), expected));
            });
            if (orders.containsKey(entity)) {
                segments.addAll(SegmentOrder.of(some, past.of(entity), orders.get(entity), catalog.waterfall(entity)));
            }
        });
        return new Foretold(lines, segments);
    }

    private static Forecast.Group group(Row row) {
        Segment segment = new Segment(KeyKind.of(row.getAs("kind")), row.getAs("country"), row.getAs("company_size"));
        List<String> providers = row.getList(row.fieldIndex("providers"));
        List<Boolean> paid = row.getList(row.fieldIndex("paid"));
        List<Forecast.Step> asks = new ArrayList<>();
        for (int place = 0; place < providers.size(); place++) {
            asks.add(new Forecast.Step(providers.get(place), paid.get(place)));
        }
        return new Forecast.Group(segment, asks, row.<Long>getAs("count"));
    }

    /** For people: a table of what is expected, and the order of each of the ten biggest segments. */
    String text() {
        StringBuilder out = new StringBuilder();
        if (lines.values().stream().anyMatch(line -> line.expected().known())) {
            out.append(String.format(
                    Locale.ROOT,
                    "%-20s %12s %14s %12s %10s%n",
                    "expected by history",
                    "calls",
                    "credits",
                    "hits",
                    "hit rate"));
            lines.forEach((provider, line) -> out.append(
                    line.expected().known()
                            ? String.format(
                                    Locale.ROOT,
                                    "%-20s %,12d %,14.1f %,12d %8.0f %%%n",
                                    provider,
                                    line.calls(),
                                    line.credits(),
                                    line.hits(),
                                    100 * line.hitRate())
                            : String.format(
                                    Locale.ROOT,
                                    "%-20s %,12d  never asked, so taken to find nothing%n",
                                    provider,
                                    line.calls())));
        } else if (!lines.isEmpty()) {
            out.append(String.format("history knows nothing of these providers yet: only the bound can be told%n"));
        }
        SegmentOrder.text(orders, out);
        return out.toString();
    }

    /** Adds what is expected to the provider's object. */
    void into(String provider, ObjectNode one) {
        Line line = lines.get(provider);
        if (line != null && line.expected().known()) {
            one.put("expected_calls", line.calls())
                    .put("expected_credits", line.credits())
                    .put("expected_hits", line.hits());
        }
    }

    /** Adds the measured orders to the plan's object, if there are any. */
    void ordersInto(ObjectNode root) {
        if (!orders.isEmpty()) {
            ArrayNode each = root.putArray("order");
            orders.stream()
                    .sorted(Comparator.comparingLong(SegmentOrder::keys).reversed())
                    .forEach(one -> one.into(each.addObject()));
        }
    }
}
