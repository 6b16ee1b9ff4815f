package io.tributary.jobs.harvest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import io.tributary.jobs.plan.SuppressedKeys;
import io.tributary.jobs.table.Lake;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Whom a provider says that they object to being looked up: nobody else is asked about them either. */
final class OptOuts {
    private OptOuts() {}

    /**
     * Lists them in {@code suppressions}, once.
     *
     * @param tries rows of a harvest; those of earlier harvests may be among them, so that one that died here is made good
     */
    static void list(SparkSession spark, Lake lake, Dataset<Row> tries) {
        Dataset<Row> said = tries.where(col("last").and(col("outcome").equalTo("SUPPRESSED")));
        if (said.isEmpty()) {
            return;
        }
        Dataset<Row> fresh = said.groupBy("key_hash")
                .agg(min("fetched_at").as("added_at"))
                .withColumn("reason", lit(SuppressedKeys.OPT_OUT))
                .join(
                        lake.suppressions().read(spark).select("key_hash", "reason"),
                        new String[] {"key_hash", "reason"},
                        "left_anti")
                .select("key_hash", "reason", "added_at");
        lake.suppressions().appendAll(fresh);
    }
}
