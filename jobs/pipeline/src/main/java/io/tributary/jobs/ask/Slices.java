package io.tributary.jobs.ask;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How the work is cut: for each bucket the credits that its asks can cost at each provider, and the number of keys. A few
 * numbers for each bucket, whatever the number of keys.
 *
 * @param keys in all buckets together
 */
record Slices(Map<Integer, Map<String, Double>> worst, long keys) implements Serializable {
    /** Adds up a work list with {@code bucket} and {@code asks}. */
    static Slices of(Dataset<Row> work) {
        Map<Integer, Map<String, Double>> worst = new TreeMap<>();
        long keys = 0;
        for (Row row : work.select(col("bucket"), posexplode(col("asks")))
                .groupBy(col("bucket"), col("col.provider").as("provider"))
                .agg(
                        sum(col("col.worst_credits")).as("worst"),
                        sum(when(col("pos").equalTo(0), 1L).otherwise(0L)).as("keys"))
                .orderBy("bucket", "provider")
                .collectAsList()) {
            worst.computeIfAbsent(row.getInt(0), bucket -> new LinkedHashMap<>())
                    .put(row.getString(1), row.getDouble(2));
            keys += row.getLong(3);
        }
        return new Slices(worst, keys);
    }

    /** The most that all buckets together may spend at each provider that they may ask. */
    Map<String, Double> inAll() {
        Map<String, Double> all = new TreeMap<>();
        worst.values()
                .forEach(slice -> slice.forEach((provider, credits) -> all.merge(provider, credits, Double::sum)));
        return all;
    }

    /** The most that a bucket may spend at each provider that it may ask. */
    Map<String, Double> of(int bucket) {
        return worst.getOrDefault(bucket, Map.of());
    }
}
