package io.tributary.jobs.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.jobs.read.ExtractRows;
import io.tributary.jobs.read.ReadResult;
import io.tributary.jobs.read.RejectRows;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What the extracts of one object of one CRM hold.
 *
 * @param crm the CRM's name
 * @param object {@code contact}, {@code lead} or {@code account}
 * @param rows records that could be read
 * @param identified those among them that have a key
 * @param keys distinct keys among these
 * @param lifeCycle records by life cycle; all but the active ones may be left alone
 * @param rejects rows that were set aside, by reason; a row that could be read but not identified counts here too
 */
public record SourceFigures(
        String crm,
        String object,
        long rows,
        long identified,
        long keys,
        Map<String, Long> lifeCycle,
        Map<String, Long> rejects) {
    public SourceFigures {
        lifeCycle = java.util.Collections.unmodifiableMap(new TreeMap<>(lifeCycle));
        rejects = java.util.Collections.unmodifiableMap(new TreeMap<>(rejects));
    }

    /** One for each CRM and object, in their alphabetical order; an object whose rows were all set aside is there too. */
    static List<SourceFigures> of(ReadResult read) {
        Map<String, SourceFigures> figures = new TreeMap<>();
        read.rows()
                .groupBy(ExtractRows.SOURCE, ExtractRows.OBJECT, ExtractRows.LIFE_CYCLE)
                .agg(functions.count(functions.lit(1)), functions.count(functions.col(ExtractRows.LOOKUP_KEY)))
                .collectAsList()
                .forEach(row -> add(
                        figures,
                        new SourceFigures(
                                row.getString(0),
                                row.getString(1),
                                row.getLong(3),
                                row.getLong(4),
                                0,
                                Map.of(row.getString(2), row.getLong(3)),
                                Map.of())));
        read.rows()
                .groupBy(ExtractRows.SOURCE, ExtractRows.OBJECT)
                .agg(functions.count_distinct(functions.col(ExtractRows.LOOKUP_KEY)))
                .collectAsList()
                .forEach(row -> add(figures, counted(row, row.getLong(2), Map.of())));
        read.rejects()
                .groupBy(RejectRows.SOURCE, RejectRows.OBJECT, RejectRows.REASON)
                .count()
                .collectAsList()
                .forEach(row -> add(figures, counted(row, 0, Map.of(row.getString(2), row.getLong(3)))));
        return List.copyOf(figures.values());
    }

    private static SourceFigures counted(Row row, long keys, Map<String, Long> rejects) {
        return new SourceFigures(row.getString(0), row.getString(1), 0, 0, keys, Map.of(), rejects);
    }

    private static void add(Map<String, SourceFigures> figures, SourceFigures one) {
        figures.merge(one.crm + "\n" + one.object, one, SourceFigures::plus);
    }

    private SourceFigures plus(SourceFigures other) {
        Map<String, Long> cycles = new TreeMap<>(lifeCycle);
        other.lifeCycle.forEach((cycle, n) -> cycles.merge(cycle, n, Long::sum));
        Map<String, Long> reasons = new TreeMap<>(rejects);
        other.rejects.forEach((reason, n) -> reasons.merge(reason, n, Long::sum));
        return new SourceFigures(
                crm, object, rows + other.rows, identified + other.identified, keys + other.keys, cycles, reasons);
    }

    /** Distinct keys for each row that was read, in [0, 1]: how much there is to ask for. */
    public double keysPerRow() {
        return rows == 0 ? 0 : Math.round(10_000.0 * keys / rows) / 10_000.0;
    }

    /** All rows that were set aside. */
    public long rejected() {
        return rejects.values().stream().mapToLong(n -> n).sum();
    }

    void into(ObjectNode node) {
        node.put("crm", crm)
                .put("object", object)
                .put("rows_read", rows)
                .put("identified", identified)
                .put("distinct_keys", keys)
                .put("keys_per_row", keysPerRow())
                .put("rows_rejected", rejected());
        ObjectNode reasons = node.putObject("rejects");
        rejects.forEach(reasons::put);
        ObjectNode cycles = node.putObject("life_cycle");
        lifeCycle.forEach(cycles::put);
    }
}
