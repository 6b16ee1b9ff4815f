package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.tributary.jobs.table.Lake;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The keys of a backfill in the order of its chunks: rows of {@code work} under the backfill's own id, which is no run's. So
 * nobody asks them and nobody claims them until a run of the backfill plans their chunk, and whoever erases a person finds him
 * here too.
 */
final class ChunkList {
    /** Their status. */
    static final String LISTED = "listed";

    private final SparkSession spark;
    private final Lake lake;

    ChunkList(SparkSession spark, Lake lake) {
        this.spark = spark;
        this.lake = lake;
    }

    /**
     * A plan with its chunks, from 1. Keys that are to be asked come in the order in which a budget would take them; of all
     * others the first chunk takes care.
     *
     * @param planned rows of a plan
     * @return the same rows with {@code chunk}
     */
    static Dataset<Row> parted(Dataset<Row> planned, int size) {
        Column priority = List.of(planned.columns()).contains("priority")
                ? col("priority")
                : lit(null).cast("double");
        Dataset<Row> places = planned.where(toAsk())
                .select(col("lookup_key"), col("key_hash"), priority.as("first"))
                .repartition(1)
                .sortWithinPartitions(col("first").desc_nulls_last(), col("key_hash"))
                // In one partition these are the places themselves.
                .select(
                        col("lookup_key"),
                        expr("cast(monotonically_increasing_id() div " + size + " as int) + 1 as chunk"));
        return planned.join(places, "lookup_key", "left").withColumn("chunk", coalesce(col("chunk"), lit(1)));
    }

    /** Of the rows of a plan, those that are asked now or wait for something. */
    static Column toAsk() {
        return col("decision").isin("WORK", "DEFERRED");
    }

    /** Writes a list down; a second time changes nothing. */
    void write(String id, Dataset<Row> parted) {
        lake.work()
                .append(
                        parted.where(toAsk())
                                .withColumn("run_id", lit(id))
                                .withColumn("bucket", col("chunk"))
                                .withColumn("status", lit(LISTED))
                                .withColumn("inputs", lit(null).cast("map<string, string>"))
                                .withColumn("aliases", lit(null).cast("array<string>"))
                                .withColumn("asks", expr("slice(asks, 1, 0)"))
                                .withColumn("missing", lit(null).cast("array<string>")),
                        "tributary-list-" + id,
                        1);
    }

    /** The records whose keys are in these chunks. */
    Selection chunks(String id, int from, int to) {
        return (entity, records) -> records.join(keys(id, from, to), "lookup_key", "left_semi");
    }

    /** Another selection's records, but for those whose keys are in this chunk or a later one. */
    Selection before(String id, int from, Selection others) {
        return (entity, records) ->
                others.of(entity, records).join(keys(id, from, Integer.MAX_VALUE), "lookup_key", "left_anti");
    }

    private Dataset<Row> keys(String id, int from, int to) {
        return lake.work()
                .read(spark)
                .where(col("run_id").equalTo(id).and(col("bucket").between(from, to)))
                .select("lookup_key")
                .distinct();
    }
}
