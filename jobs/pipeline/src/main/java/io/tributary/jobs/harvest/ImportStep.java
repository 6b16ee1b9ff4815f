package io.tributary.jobs.harvest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.tributary.identity.Options;
import io.tributary.jobs.identities.IdentityStep;
import io.tributary.jobs.read.RejectRows;
import io.tributary.jobs.table.Lake;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Brings into history what was bought before there was this lake, as answers of their own day that cost nothing. An answer's id
 * is made from what it says, so that a file, or a part of it in another file, is imported once however often it is tried.
 */
public final class ImportStep {
    private static final String APPLICATION = "tributary-import";

    private final SparkSession spark;
    private final Lake lake;
    private final int buckets;
    private final Options options;

    /**
     * @param buckets into which the keys of this lake are cut
     * @param options as the rows' identifiers were judged
     */
    public ImportStep(SparkSession spark, Lake lake, int buckets, Options options) {
        this.spark = spark;
        this.lake = lake;
        this.buckets = buckets;
        this.options = options;
    }

    /**
     * What is known of all rows.
     *
     * @param provider whose answers they are
     * @param undated the day of a row that tells none; empty if each must
     * @param confidence from 0 to 1, for a row of the read; null where a row tells none
     */
    public record Told(String provider, Optional<Instant> undated, Column confidence) {}

    /**
     * What an import did.
     *
     * @param answers rows added to history
     * @param known rows that were there already
     * @param rejects rows that can't count as answers, in the schema of {@link RejectRows}
     */
    public record Result(long answers, long known, Dataset<Row> rejects) {}

    /**
     * Imports. The caller has the lake's tables.
     *
     * @param read rows in the schema of {@code ExtractRows}; those that nothing identifies are passed over
     * @param fence greater than that of every earlier writer
     * @param now no answer is younger
     */
    public Result run(Dataset<Row> read, Told told, String runId, long fence, Instant now) {
        Column undated =
                lit(told.undated().map(java.sql.Timestamp::from).orElse(null)).cast("timestamp");
        ImportedAnswers answers = new ImportedAnswers(
                told.provider(), runId, buckets, lake.history().schema(), now);
        Dataset<Row> all = read.where(col("lookup_key").isNotNull())
                .withColumn("fetched_at", expr("modified_at"))
                .withColumn("fetched_at", org.apache.spark.sql.functions.coalesce(col("fetched_at"), undated))
                .withColumn("confidence", told.confidence())
                .mapPartitions(answers, Encoders.row(answers.schema()))
                .persist();
        try {
            Dataset<Row> usable = all.where(col("reject").isNull()).dropDuplicates("response_id");
            Dataset<Row> there = lake.history()
                    .read(spark)
                    .where(col("operation")
                            .equalTo(Lake.IMPORT)
                            .and(col("provider").equalTo(told.provider())))
                    .select("response_id");
            Dataset<Row> fresh = usable.join(there, new String[] {"response_id"}, "left_anti")
                    .persist();
            long added = fresh.count();
            long known = usable.count() - added;
            if (added > 0) {
                new IdentityStep(spark, lake, options).run(fresh, List.of(runId), fence);
                lake.history().append(fresh, APPLICATION, fence);
            }
            fresh.unpersist();
            Dataset<Row> rejects = all.where(col("reject").isNotNull())
                    .select(
                            col("source").as(RejectRows.SOURCE),
                            col("object").as(RejectRows.OBJECT),
                            col("extract").as(RejectRows.EXTRACT),
                            col("extract_row").as(RejectRows.ROW),
                            col("record_id").as(RejectRows.RECORD_ID),
                            col("reject").as(RejectRows.REASON),
                            lit("").as(RejectRows.DETAIL));
            return new Result(added, known, rejects.localCheckpoint());
        } finally {
            all.unpersist();
        }
    }
}
