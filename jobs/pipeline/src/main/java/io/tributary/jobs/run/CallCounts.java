package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many calls the rows of the extracts would cost, with one way to spare calls more from step to step.
 *
 * @param rows living records that somebody can be asked about
 */
public record CallCounts(long rows, List<Step> steps) {
    /** Calls, with all ways to spare them up to this one. */
    public record Step(String name, double calls) {}

    public CallCounts {
        steps = List.copyOf(steps);
    }

    /**
     * @param nothingKnown a plan of all keys as if history were empty
     * @param rowsOf {@code lookup_key, rows}: the living records of each key
     */
    static CallCounts of(
            Dataset<Row> nothingKnown,
            Dataset<Row> rowsOf,
            Dataset<Row> byKeyOnly,
            Dataset<Row> asPlanned,
            Map<String, Double> hitRates,
            double otherHitRate) {
        Row perRow = nothingKnown
                .where("size(asks) > 0")
                .join(rowsOf, "lookup_key")
                .agg(expr("coalesce(sum(rows), 0)"), expr("coalesce(sum(rows * size(asks)), 0)"))
                .first();
        return new CallCounts(
                perRow.getLong(0),
                List.of(
                        new Step("one call per row and provider", perRow.getLong(1)),
                        new Step("distinct keys", asks(nothingKnown)),
                        new Step("plus history", asks(byKeyOnly)),
                        new Step("plus aliases and free companies", asks(asPlanned)),
                        new Step("plus stopping at the first match", stopping(asPlanned, hitRates, otherHitRate))));
    }

    private static long asks(Dataset<Row> planned) {
        return planned.agg(expr("coalesce(sum(size(asks)), 0)")).first().getLong(0);
    }

    /** Keys that ask the same in the same order come to the same: there are few such orders. */
    private static double stopping(Dataset<Row> planned, Map<String, Double> hitRates, double otherHitRate) {
        double calls = 0;
        for (Row order : planned.where("size(asks) > 0")
                .groupBy(col("entity"), expr("asks.provider").as("providers"))
                .count()
                .collectAsList()) {
            double come = order.getLong(2);
            for (Object provider : order.getList(1)) {
                calls += come;
                come *= 1 - hitRates.getOrDefault(order.getString(0) + "/" + provider, otherHitRate);
            }
        }
        return calls;
    }

    /** The part of the answers of each provider, about each kind of subject, that had data. */
    static Map<String, Double> hitRates(Dataset<Row> history) {
        Map<String, Double> rates = new HashMap<>();
        history.where("carried_by IS NULL AND operation <> 'import' AND outcome IN ('MATCHED', 'PARTIAL', 'NOT_FOUND')")
                .groupBy("entity", "provider")
                .agg(expr("avg(if(outcome = 'NOT_FOUND', 0, 1))"))
                .collectAsList()
                .forEach(row -> rates.put(row.getString(0) + "/" + row.getString(1), row.getDouble(2)));
        return rates;
    }

    private double perRow(Step step) {
        return rows == 0 ? 0 : step.calls() / rows;
    }

    /** The counts as a table. */
    public String text() {
        StringBuilder out = new StringBuilder(String.format(Locale.ROOT, "%,d rows%n", rows));
        out.append(String.format(Locale.ROOT, "  %-36s %12s %10s%n", "", "calls", "per row"));
        steps.forEach(step -> out.append(
                String.format(Locale.ROOT, "  %-36s %,12.0f %10.3f%n", step.name(), step.calls(), perRow(step))));
        return out.toString();
    }

    /** The counts as one JSON object. */
    public String json() {
        ObjectNode root = new ObjectMapper().createObjectNode().put("rows", rows);
        ArrayNode each = root.putArray("steps");
        steps.forEach(step -> each.addObject()
                .put("step", step.name())
                .put("calls", Math.round(step.calls()))
                .put("calls_per_row", Math.round(perRow(step) * 10_000) / 10_000.0));
        return root.toString();
    }
}
