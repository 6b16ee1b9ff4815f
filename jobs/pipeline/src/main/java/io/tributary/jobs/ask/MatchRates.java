package io.tributary.jobs.ask;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.tributary.jobs.table.Lake;
import io.tributary.model.EntityKind;
import java.io.Serializable;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The part of all answers of a provider that had data, by entity, where it has answered often enough to have a past. */
record MatchRates(Map<String, Map<EntityKind, Double>> past) implements Serializable {
    private static final int ANSWERS = 100;

    /** Older answers say little of what a provider finds today; and a night should not read all of history. */
    private static final Duration REMEMBERED = Duration.ofDays(90);

    /**
     * What history says of the providers that are watched.
     *
     * @param now by the run's clock
     */
    static MatchRates of(SparkSession spark, Lake lake, ShippedCatalog catalog, Instant now) {
        Object[] watched = catalog.texts().values().stream()
                .filter(ProviderText::matchRateGuard)
                .map(ProviderText::name)
                .toArray();
        Map<String, Map<EntityKind, Double>> past = new TreeMap<>();
        if (watched.length > 0) {
            for (Row row : lake.history()
                    .read(spark)
                    .where(col("provider")
                            .isin(watched)
                            .and(col("fetched_at").geq(Timestamp.from(now.minus(REMEMBERED))))
                            .and(col("epoch").equalTo(0))
                            .and(col("carried_by").isNull())
                            // A file holds what was found, and not how often nobody was.
                            .and(col("operation").notEqual(Lake.IMPORT))
                            .and(col("outcome").isin("MATCHED", "PARTIAL", "NOT_FOUND")))
                    .groupBy("provider", "entity")
                    .agg(
                            avg(when(col("outcome").equalTo("NOT_FOUND"), 0.0).otherwise(1.0)),
                            count(lit(1)).as("answers"))
                    .where(col("answers").geq(ANSWERS))
                    .collectAsList()) {
                past.computeIfAbsent(row.getString(0), provider -> new EnumMap<>(EntityKind.class))
                        .put(EntityKind.of(row.getString(1)), row.getDouble(2));
            }
        }
        return new MatchRates(past);
    }

    Map<EntityKind, Double> of(String provider) {
        return past.getOrDefault(provider, Map.of());
    }
}
