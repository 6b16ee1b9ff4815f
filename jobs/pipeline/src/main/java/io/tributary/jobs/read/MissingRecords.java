package io.tributary.jobs.read;

import static org.apache.spark.sql.functions.col;

import io.tributary.settings.SourceSettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds the golden records that a full extract no longer holds: to be marked as gone, never removed.
 *
 * @param records {@code source}, {@code object} and {@code record_id} of each, those already marked left out
 * @param notices the sources of which nothing may be concluded tonight, and why
 */
public record MissingRecords(Dataset<Row> records, List<String> notices) {
    public MissingRecords {
        notices = List.copyOf(notices);
    }

    /**
     * Compares the golden rows of the full sources with what was read. A record that was set aside is there. If rows were
     * set aside whose record id could not even be read, nobody can tell who is missing, and nothing of that source is.
     *
     * @param golden one golden table, as it stands
     * @param read tonight's rows and rejects
     * @param sources tonight's sources
     */
    public static MissingRecords of(Dataset<Row> golden, ReadResult read, List<SourceSettings> sources) {
        List<Row> nameless = read.rejects()
                .where(col(RejectRows.RECORD_ID).isNull())
                .groupBy(RejectRows.SOURCE, RejectRows.OBJECT)
                .count()
                .collectAsList();
        List<String> notices = new ArrayList<>();
        List<String> judged = new ArrayList<>();
        for (SourceSettings source : sources) {
            long unknown = nameless.stream()
                    .filter(row -> row.getAs(RejectRows.SOURCE).equals(source.crm())
                            && row.getAs(RejectRows.OBJECT)
                                    .equals(source.object().id()))
                    .mapToLong(row -> row.getAs("count"))
                    .sum();
            if (source.full() && unknown > 0) {
                notices.add("source " + source.name() + ": " + unknown + " rows were set aside without their record id,"
                        + " so no record is marked as gone tonight; mend the export to have it done");
            } else if (source.full()) {
                judged.add(source.crm() + "\n" + source.object().id());
            }
        }
        Dataset<Row> there = key(read.rows()).unionByName(key(read.rejects())).distinct();
        Dataset<Row> records = golden.where(col("_deleted_at").isNull())
                .select(
                        col("_crm_source").as(ExtractRows.SOURCE),
                        col("_crm_object").as(ExtractRows.OBJECT),
                        col("_crm_id").as(ExtractRows.RECORD_ID))
                .where(org.apache
                        .spark
                        .sql
                        .functions
                        .concat_ws("\n", col(ExtractRows.SOURCE), col(ExtractRows.OBJECT))
                        .isin(judged.toArray()))
                .join(there, new String[] {ExtractRows.SOURCE, ExtractRows.OBJECT, ExtractRows.RECORD_ID}, "left_anti");
        return new MissingRecords(records, notices);
    }

    private static Dataset<Row> key(Dataset<Row> rows) {
        return rows.select(col(ExtractRows.SOURCE), col(ExtractRows.OBJECT), col(ExtractRows.RECORD_ID));
    }
}
