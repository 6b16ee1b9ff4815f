package io.tributary.jobs.read;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.when;

import io.tributary.settings.SourceSettings;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Leaves one row for each CRM record: the one modified last, else the one in the last extract, else the last line. A
 * second row of the same extract is set aside as {@code repeated}; one of an older extract has only been overtaken.
 * Records that another one says were merged into it are marked.
 */
final class LastWord {
    private LastWord() {}

    static Dataset<Row> of(Dataset<Row> mapped, List<SourceSettings> sources) {
        Dataset<Row> marked = sources.stream()
                        .allMatch(source ->
                                source.mapping().lifeCycle().mergedIds().isEmpty())
                ? mapped
                : markMerged(mapped);
        Column unreadable = col(MappedRows.REJECT_REASON).isNotNull();
        WindowSpec record = Window.partitionBy(
                        col(ExtractRows.SOURCE),
                        col(ExtractRows.OBJECT),
                        coalesce(
                                col(ExtractRows.RECORD_ID),
                                concat(col(ExtractRows.EXTRACT), lit("#"), col(ExtractRows.EXTRACT_ROW))),
                        unreadable)
                .orderBy(
                        col(MappedRows.MODIFIED_MICROS).desc_nulls_last(),
                        col(MappedRows.EXTRACTED_MICROS).desc(),
                        col(ExtractRows.EXTRACT).desc(),
                        col(ExtractRows.EXTRACT_ROW).desc(),
                        col(ExtractRows.ROW_HASH));
        Column repeated = col("rank").gt(1).and(col(ExtractRows.EXTRACT).equalTo(col("winner")));
        return marked.withColumn("rank", row_number().over(record))
                .withColumn("winner", first(ExtractRows.EXTRACT).over(record))
                .where(unreadable.or(col("rank").equalTo(1)).or(repeated))
                .withColumn(
                        MappedRows.REJECT_DETAIL,
                        coalesce(
                                col(MappedRows.REJECT_DETAIL),
                                when(repeated, lit("the record id stands in this extract more than once"))))
                .withColumn(
                        MappedRows.REJECT_REASON,
                        coalesce(col(MappedRows.REJECT_REASON), when(repeated, lit("repeated"))))
                .drop("rank", "winner");
    }

    private static Dataset<Row> markMerged(Dataset<Row> mapped) {
        Dataset<Row> gone = mapped.select(
                        col(ExtractRows.SOURCE),
                        col(ExtractRows.OBJECT),
                        col(ExtractRows.RECORD_ID).as("survivor"),
                        explode(expr("from_json(" + MappedRows.MERGED_IDS + ", 'array<string>')"))
                                .as(ExtractRows.RECORD_ID))
                .where(col(ExtractRows.RECORD_ID).notEqual(col("survivor")))
                .select(
                        col(ExtractRows.SOURCE),
                        col(ExtractRows.OBJECT),
                        col(ExtractRows.RECORD_ID),
                        lit(true).as("gone"))
                .distinct();
        Column marked = col("gone").and(col(ExtractRows.LIFE_CYCLE).notEqual("merged"));
        return mapped.join(gone, new String[] {ExtractRows.SOURCE, ExtractRows.OBJECT, ExtractRows.RECORD_ID}, "left")
                .withColumn(
                        ExtractRows.ROW_HASH,
                        when(marked, sha2(concat(col(ExtractRows.ROW_HASH), lit(":merged")), 256))
                                .otherwise(col(ExtractRows.ROW_HASH)))
                .withColumn(ExtractRows.LIFE_CYCLE, when(marked, lit("merged")).otherwise(col(ExtractRows.LIFE_CYCLE)))
                .drop("gone");
    }
}
