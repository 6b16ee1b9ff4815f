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
 * How the work of a round is cut: for each bucket the credits that its asks can cost at each provider and what it may have
 * spent before, and the number of keys. A few numbers for each bucket, whatever the number of keys.
 *
 * @param keys in all buckets together
 */
record Slices(Map<Integer, Bucket> buckets, long keys) implements Serializable {
    /**
     * What one bucket may spend.
     *
     * @param worst the worst cases of its asks, by provider
     * @param spent what it may have spent in earlier rounds, by provider
     */
    record Bucket(Map<String, Double> worst, Map<String, Double> spent) implements Serializable {
        double before(String provider) {
            return spent.getOrDefault(provider, 0.0);
        }
    }

    /**
     * Adds up a work list with {@code bucket} and {@code asks}.
     *
     * @param spent what each bucket may have spent before, by provider
     */
    static Slices of(Dataset<Row> work, Map<Integer, Map<String, Double>> spent) {
        Map<Integer, Bucket> buckets = new TreeMap<>();
        long keys = 0;
        for (Row row : work.select(col("bucket"), posexplode(col("asks")))
                .groupBy(col("bucket"), col("col.provider").as("provider"))
                .agg(
                        sum(col("col.worst_credits")).as("worst"),
                        sum(when(col("pos").equalTo(0), 1L).otherwise(0L)).as("keys"))
                .orderBy("bucket", "provider")
                .collectAsList()) {
            int bucket = row.getInt(0);
            buckets.computeIfAbsent(
                            bucket,
                            one -> new Bucket(
                                    new LinkedHashMap<>(), new TreeMap<>(spent.getOrDefault(bucket, Map.of()))))
                    .worst()
                    .put(row.getString(1), row.getDouble(2));
            keys += row.getLong(3);
        }
        return new Slices(buckets, keys);
    }

    /** The most that all buckets together may spend at each provider that they may ask. */
    Map<String, Double> inAll() {
        Map<String, Double> all = new TreeMap<>();
        buckets.values().forEach(bucket -> bucket.worst()
                .forEach((provider, credits) -> all.merge(provider, credits, Double::sum)));
        return all;
    }

    Bucket of(int bucket) {
        return buckets.getOrDefault(bucket, new Bucket(Map.of(), Map.of()));
    }
}
