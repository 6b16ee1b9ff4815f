package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.read.ReadResult;
import io.tributary.provider.Operation;
import io.tributary.provider.QuotaWindow;
import io.tributary.quota.Caps;
import io.tributary.settings.Prices;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A plan that a person would approve: what would be asked, whom, what it can cost and how long the quota makes it last.
 *
 * @param asOf the clock by which answers are fresh or stale
 * @param sources what the extracts hold
 * @param decisions number of keys by decision
 * @param providers one line for each provider and kind of subject, in the alphabetical order of both
 * @param withheld keys of which nothing may be sent to a provider that would be asked
 * @param prices what credits cost
 * @param budget the caps, one for each provider that has one and one for all
 * @param notices what makes the plan differ from the run that follows, a sentence each
 * @param foretold what it comes to if the providers do as they did
 */
public record PlanReport(
        Instant asOf,
        List<SourceFigures> sources,
        Map<String, Long> decisions,
        List<Line> providers,
        List<Withheld> withheld,
        Prices prices,
        List<BudgetUse> budget,
        List<String> notices,
        Foretold foretold) {
    /**
     * One provider's part.
     *
     * @param first keys that are asked here first
     * @param keys keys that may come here, if everybody before knows nothing
     * @param calls requests for them, batches counted once
     * @param worstCredits the most they can cost
     * @param atQuota how long the quota makes all of them last
     */
    public record Line(String provider, long first, long keys, long calls, double worstCredits, Duration atQuota) {
        /** The provider alone, as the settings call it. */
        String name() {
            return provider.substring(provider.indexOf('/') + 1);
        }
    }

    static PlanReport of(
            Instant asOf,
            ReadResult read,
            Dataset<Row> planned,
            ShippedCatalog catalog,
            Prices prices,
            Caps caps,
            List<String> notices) {
        Map<String, Long> decisions = new TreeMap<>();
        planned.groupBy(col("decision"))
                .count()
                .collectAsList()
                .forEach(row -> decisions.put(row.getString(0), row.getLong(1)));
        Map<String, Row> asks = new LinkedHashMap<>();
        planned.selectExpr("entity", "posexplode(asks) as (place, ask)")
                .groupBy(col("entity"), col("ask.provider"))
                .agg(
                        org.apache.spark.sql.functions.expr("sum(int(place = 0))"),
                        org.apache.spark.sql.functions.expr("count(*)"),
                        org.apache.spark.sql.functions.expr("sum(ask.worst_credits)"))
                .orderBy(col("entity"), col("provider"))
                .collectAsList()
                .forEach(row -> asks.put(row.getString(0) + " " + row.getString(1), row));
        List<Line> lines = asks.values().stream().map(row -> line(row, catalog)).toList();
        return new PlanReport(
                asOf,
                SourceFigures.of(read),
                decisions,
                lines,
                Withheld.of(planned),
                prices,
                BudgetUse.of(caps, planned),
                notices,
                Foretold.NONE);
    }

    /** The same, with what it comes to by what history tells. */
    PlanReport with(Foretold told) {
        return new PlanReport(asOf, sources, decisions, providers, withheld, prices, budget, notices, told);
    }

    /** How many subjects of that kind a call to that provider can ask about. */
    static int batch(ShippedCatalog catalog, String entity, String provider) {
        return catalog.spec(provider).operations().stream()
                .filter(operation -> operation.entity().id().equals(entity))
                .mapToInt(Operation::batchSize)
                .max()
                .orElse(1);
    }

    private static Line line(Row row, ShippedCatalog catalog) {
        String provider = row.getString(1);
        long keys = row.getLong(3);
        int batch = batch(catalog, row.getString(0), provider);
        long calls = (keys + batch - 1) / batch;
        Duration longest = Duration.ZERO;
        for (QuotaWindow window : catalog.texts().get(provider).windows()) {
            Duration needed = Duration.ofMillis(
                    Math.max(0, calls - window.calls()) * window.per().toMillis() / window.calls());
            longest = needed.compareTo(longest) > 0 ? needed : longest;
        }
        return new Line(row.getString(0) + "/" + provider, row.getLong(2), keys, calls, row.getDouble(4), longest);
    }

    /** The most that the credits cost of all providers that have a price. */
    private BigDecimal worstCost() {
        Map<String, Double> credits = new TreeMap<>();
        providers.forEach(line -> credits.merge(line.name(), line.worstCredits(), Double::sum));
        return prices.cost(credits);
    }

    /** The plan as text. */
    public String text() {
        StringBuilder out = new StringBuilder();
        if (!sources.isEmpty()) {
            out.append(String.format(
                    Locale.ROOT, "%-32s %10s %10s %10s  %s%n", "extracts", "rows", "keys", "rejects", "reasons"));
        }
        sources.forEach(source -> out.append(String.format(
                                Locale.ROOT,
                                "  %-30s %,10d %,10d %,10d  %s",
                                source.crm() + " " + source.object(),
                                source.rows(),
                                source.keys(),
                                source.rejected(),
                                reasons(source.rejects()))
                        .stripTrailing())
                .append(System.lineSeparator()));
        out.append(String.format(
                Locale.ROOT,
                "plan: %,d distinct keys%n",
                decisions.values().stream().mapToLong(n -> n).sum()));
        decisions.forEach((decision, count) -> out.append(String.format(
                Locale.ROOT,
                "  %-32s %,10d%n",
                decision.toLowerCase(Locale.ROOT).replace('_', ' '),
                count)));
        if (!providers.isEmpty()) {
            String money = prices.any() ? " %12s" : "%s";
            out.append(String.format(
                    Locale.ROOT,
                    "%-20s %12s %12s %10s %14s %14s" + money + "%n",
                    "provider",
                    "asked first",
                    "at most",
                    "calls",
                    "worst credits",
                    "at quota",
                    prices.any() ? "worst cost" : ""));
            providers.forEach(line -> out.append(String.format(
                                    Locale.ROOT,
                                    "%-20s %,12d %,12d %,10d %,14.1f %13ds" + money,
                                    line.provider(),
                                    line.first(),
                                    line.keys(),
                                    line.calls(),
                                    line.worstCredits(),
                                    line.atQuota().toSeconds(),
                                    prices.cost(line.name(), line.worstCredits())
                                            .map(Prices::shown)
                                            .orElse(""))
                            .stripTrailing())
                    .append(System.lineSeparator()));
            if (prices.any()) {
                out.append("worst cost in all: ")
                        .append(Prices.shown(worstCost()))
                        .append(' ')
                        .append(prices.currency())
                        .append(System.lineSeparator());
            }
        }
        out.append(foretold.text());
        withheld.forEach(some -> out.append(some.text()).append(System.lineSeparator()));
        budget.forEach(cap -> out.append(cap.text()).append(System.lineSeparator()));
        notices.forEach(notice -> out.append("note: ").append(notice).append(System.lineSeparator()));
        return out.toString();
    }

    private static String reasons(Map<String, Long> rejects) {
        return rejects.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
    }

    /** The plan as one JSON object; docs/json.md explains its names, which are stable. */
    public String json() {
        return json(new ObjectMapper().createObjectNode());
    }

    /** The same of a plan that can be approved by its id. */
    public String json(String planId) {
        return json(new ObjectMapper().createObjectNode().put("plan_id", planId));
    }

    private String json(ObjectNode root) {
        root.put("as_of", asOf.toString());
        root.put("rows_read", sources.stream().mapToLong(SourceFigures::rows).sum());
        root.put(
                "rows_rejected",
                sources.stream().mapToLong(SourceFigures::rejected).sum());
        ArrayNode extracts = root.putArray("sources");
        sources.forEach(source -> source.into(extracts.addObject()));
        ObjectNode keys = root.putObject("keys");
        decisions.forEach((decision, count) -> keys.put(decision.toLowerCase(Locale.ROOT), count));
        ArrayNode each = root.putArray("providers");
        for (Line line : providers) {
            ObjectNode one = each.addObject()
                    .put("provider", line.provider())
                    .put("asked_first", line.first())
                    .put("at_most", line.keys())
                    .put("calls", line.calls())
                    .put("worst_credits", line.worstCredits())
                    .put("seconds_at_quota", line.atQuota().toSeconds());
            prices.cost(line.name(), line.worstCredits()).ifPresent(cost -> one.put("worst_cost", Prices.told(cost)));
            foretold.into(line.provider(), one);
        }
        foretold.ordersInto(root);
        if (prices.any()) {
            root.put("worst_cost", Prices.told(worstCost())).put("currency", prices.currency());
        }
        if (!withheld.isEmpty()) {
            ArrayNode some = root.putArray("withheld");
            withheld.forEach(one -> one.into(some));
        }
        ArrayNode caps = root.putArray("budget");
        budget.forEach(cap -> cap.into(caps));
        ArrayNode said = root.putArray("notices");
        notices.forEach(said::add);
        return root.toString();
    }
}
