package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tributary.jobs.StoppedException;
import io.tributary.jobs.table.Lake;
import io.tributary.model.EntityKind;
import java.sql.Timestamp;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The records of the golden tables that a backfill is to be about, by their ids. */
record GoldenSelection(SparkSession spark, Lake lake, BackfillRequest request) implements Selection {
    /** @throws StoppedException if the condition does not fit the golden table; the message says why */
    @Override
    public Dataset<Row> of(EntityKind entity, Dataset<Row> records) {
        if (!request.entities().contains(entity)) {
            return records.where(lit(false));
        }
        Dataset<Row> ids = selected(entity)
                .select(
                        col("_crm_source").as("source"),
                        col("_crm_object").as("object"),
                        col("_crm_id").as("record_id"));
        return records.join(ids, new String[] {"source", "object", "record_id"}, "left_semi");
    }

    private Dataset<Row> selected(EntityKind entity) {
        Dataset<Row> golden = lake.golden(entity).read(spark);
        Column since = request.since()
                .map(from -> col("_extracted_at").geq(Timestamp.from(from)))
                .orElse(lit(true));
        try {
            return golden.where(request.where().orElse("true")).where(since);
        } catch (Exception e) {
            // Spark's analysis fails with what Java would call a checked exception, and declares none.
            throw unusable(entity, e);
        }
    }

    private RuntimeException unusable(EntityKind entity, Exception fault) {
        if (fault instanceof AnalysisException) {
            String what = String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
            return new StoppedException("--where " + request.where().orElse("") + ": " + what
                    + " (in the golden table of " + (entity == EntityKind.PERSON ? "contacts" : "accounts")
                    + "; --of says which tables are meant)");
        }
        return fault instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(fault);
    }
}
