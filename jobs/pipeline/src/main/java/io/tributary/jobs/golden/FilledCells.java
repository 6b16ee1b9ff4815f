package io.tributary.jobs.golden;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many enrichable cells of a golden table are filled, counted from the table itself: a merge counts those of the records
 * that it looked at.
 *
 * @param rows of the table
 * @param before filled cells as the CRM holds them
 * @param after filled cells as the rows show them
 */
public record FilledCells(long rows, long before, long after) {
    /** Counts. */
    public static FilledCells of(EntityKind entity, Dataset<Row> golden) {
        List<Field> fields = Field.of(entity);
        Row counts = golden.agg(
                        count(lit(1)),
                        coalesce(sum(filled(fields.stream().map(FilledCells::typed))), lit(0L)),
                        coalesce(
                                sum(filled(fields.stream().map(field -> "`" + field.column() + "` IS NOT NULL"))),
                                lit(0L)))
                .first();
        return new FilledCells(counts.getLong(0), counts.getLong(1), counts.getLong(2));
    }

    private static Column filled(Stream<String> conditions) {
        return expr(conditions
                .map(condition -> "int(coalesce(" + condition + ", false))")
                .collect(Collectors.joining(" + ")));
    }

    /** As {@code TypedProfile} reads the cell. */
    private static String typed(Field field) {
        String cell = "_crm['" + field.path() + "']";
        return switch (field.type()) {
            case STRING, STRING_LIST -> "trim(" + cell + ") <> ''";
            case LONG ->
                "regexp_replace(regexp_replace(" + cell + ", '[,_ ]', ''), '[.]0+$', '') RLIKE '^-?[0-9]{1,18}$'";
        };
    }

    /** What a merge did, with the cells of the whole table in the place of those that it looked at. */
    public GoldenStep.Result in(GoldenStep.Result merged, EntityKind entity) {
        return new GoldenStep.Result(
                merged.changed(), before, after, rows * Field.of(entity).size(), merged.moved(), merged.rows());
    }
}
