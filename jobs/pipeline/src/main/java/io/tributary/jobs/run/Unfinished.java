package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.tributary.jobs.table.Lake;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A run that failed, died or was cut short. Backfills are gone on with by what they wrote down, see {@link OpenBackfill}. */
record Unfinished(String runId) {
    /** The newest run, if it did not reach its end and had planned something, and is no backfill's. */
    static Optional<Unfinished> newest(SparkSession spark, Lake lake) {
        List<Row> rows = lake.runs()
                .read(spark)
                .where(not(col("job").isin(Job.PLAN.id(), Job.REMAP.id(), Job.IMPORT.id())))
                .orderBy(col("started_at").desc())
                .select("run_id", "status", "job")
                .takeAsList(1);
        return rows.stream()
                .filter(row -> !row.getString(2).equals(Job.BACKFILL.id()))
                .filter(row -> !row.getString(1).equals("done"))
                .map(row -> new Unfinished(row.getString(0)))
                .filter(run -> !run.work(spark, lake).isEmpty())
                .findFirst();
    }

    private Dataset<Row> work(SparkSession spark, Lake lake) {
        return lake.work()
                .read(spark)
                .where(col("run_id").equalTo(runId))
                .select("lookup_key")
                .distinct();
    }

    /** The records whose keys are on its work list. */
    Selection selection(SparkSession spark, Lake lake) {
        return (entity, records) -> records.join(work(spark, lake), "lookup_key", "left_semi");
    }
}
