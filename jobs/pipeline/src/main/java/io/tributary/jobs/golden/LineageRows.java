package io.tributary.jobs.golden;

import io.tributary.merge.FieldLineage;
import io.tributary.merge.FieldRules;
import io.tributary.merge.Loser;
import io.tributary.merge.Merged;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The lineage of a golden row on its way into cells and out of them. */
final class LineageRows {
    private LineageRows() {}

    /**
     * The lineage that a golden row holds.
     *
     * @param byColumn the cell; an entry without provider tells of losers only
     */
    static Map<Field, FieldLineage> read(EntityKind entity, Map<String, Row> byColumn) {
        Map<Field, FieldLineage> lineage = new EnumMap<>(Field.class);
        for (Field field : Field.of(entity)) {
            Row one = byColumn.get(field.column());
            if (one != null && one.getAs("provider") != null) {
                lineage.put(
                        field,
                        new FieldLineage(
                                one.getAs("provider"),
                                one.getAs("response_id"),
                                one.<Timestamp>getAs("fetched_at").toInstant(),
                                one.<Double>getAs("confidence"),
                                one.getAs("rule"),
                                one.getAs("value"),
                                Optional.ofNullable(one.getAs("previous"))));
            }
        }
        return lineage;
    }

    /** Entries of the lineage map, by column; SQL makes the map of them. */
    static Row[] entries(Merged merged, FieldRules rules) {
        Map<String, Row> byColumn = new TreeMap<>();
        for (Field field : fields(merged)) {
            List<Object> cells = cells(merged, rules, field);
            List<Loser> losers = merged.losers().getOrDefault(field, List.of());
            cells.add(
                    losers.isEmpty()
                            ? null
                            : losers.stream().map(LineageRows::row).toArray(Row[]::new));
            byColumn.put(field.column(), RowFactory.create(cells.toArray()));
        }
        return entries(byColumn);
    }

    /**
     * The same for the hash of the row's content: values that tell whether anything differs. Where nothing lost there is no
     * word of losers, so that rows of before there were any keep their hash.
     */
    static String text(Merged merged, FieldRules rules) {
        Map<String, Row> byColumn = new TreeMap<>();
        for (Field field : fields(merged)) {
            List<Object> cells = cells(merged, rules, field);
            List<Loser> losers = merged.losers().getOrDefault(field, List.of());
            if (!losers.isEmpty()) {
                cells.add(losers.stream().map(LineageRows::row).toList());
            }
            byColumn.put(field.column(), RowFactory.create(cells.toArray()));
        }
        return Arrays.toString(entries(byColumn));
    }

    private static TreeSet<Field> fields(Merged merged) {
        TreeSet<Field> fields = new TreeSet<>(merged.lineage().keySet());
        fields.addAll(merged.losers().keySet());
        return fields;
    }

    private static List<Object> cells(Merged merged, FieldRules rules, Field field) {
        FieldLineage from = merged.lineage().get(field);
        List<Object> cells = new ArrayList<>();
        if (from == null) {
            cells.addAll(Arrays.asList(null, null, null, null, rules.rule(field), null, null));
            return cells;
        }
        cells.addAll(Arrays.asList(
                from.provider(),
                from.responseId(),
                Timestamp.from(from.fetchedAt()),
                from.confidence(),
                from.rule(),
                from.value(),
                from.previous().orElse(null)));
        return cells;
    }

    private static Row row(Loser loser) {
        return RowFactory.create(
                loser.provider(),
                loser.responseId(),
                Timestamp.from(loser.fetchedAt()),
                loser.confidence(),
                loser.value(),
                loser.why().id());
    }

    private static Row[] entries(Map<String, Row> byColumn) {
        return byColumn.entrySet().stream()
                .map(entry -> RowFactory.create(entry.getKey(), entry.getValue()))
                .toArray(Row[]::new);
    }
}
