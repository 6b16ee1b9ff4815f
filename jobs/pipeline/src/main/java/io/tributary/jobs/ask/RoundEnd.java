package io.tributary.jobs.ask;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import io.tributary.call.KeyResult;
import io.tributary.call.ProviderResult;
import io.tributary.wanted.WantedFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * What the rounds so far came to, without the answers. Immutable.
 *
 * @param open the keys that nobody else may be asked about and that stay open, by reason
 * @param spentByBucket what each bucket may have spent in this run, by provider
 * @param off providers that turned asks away unsent, for whatever reason but the budget: they are off for this run
 */
record RoundEnd(Map<String, Long> open, Map<Integer, Map<String, Double>> spentByBucket, Set<String> off) {
    /** The rows of {@link Bucket}: {@code name} is a reason or a provider. */
    static final StructType SCHEMA = StructType.fromDDL(
            "what STRING, bucket INT, name STRING, amount DOUBLE, lookup_key STRING, refused ARRAY<STRING>,"
                    + " missing ARRAY<STRING>");

    private static final String OPEN = "open";
    private static final String SPENT = "spent";
    private static final String OFF = "off";
    private static final String GOES_ON = "goes_on";

    /** Why an ask was not made for which the task's budget did not reach. */
    private static final String BUDGET_SPENT = "budget_spent";

    /** Why an ask was not made that only a person may repeat. */
    private static final String HELD = "held_for_a_person";

    static RoundEnd nothing() {
        return new RoundEnd(Map.of(), Map.of(), Set.of());
    }

    /** And what another round came to. */
    RoundEnd and(Dataset<Row> ended) {
        Map<String, Long> nowOpen = new TreeMap<>(open);
        Map<Integer, Map<String, Double>> nowSpent = new HashMap<>();
        spentByBucket.forEach((bucket, spent) -> nowSpent.put(bucket, new TreeMap<>(spent)));
        Set<String> nowOff = new TreeSet<>(off);
        for (Row row : ended.where(col("what").notEqual(GOES_ON))
                .groupBy("what", "bucket", "name")
                .agg(sum("amount"))
                .collectAsList()) {
            switch (row.getString(0)) {
                case OPEN -> nowOpen.merge(row.getString(2), Math.round(row.getDouble(3)), Long::sum);
                case OFF -> nowOff.add(row.getString(2));
                default ->
                    nowSpent.computeIfAbsent(row.getInt(1), bucket -> new TreeMap<>())
                            .put(row.getString(2), row.getDouble(3));
            }
        }
        return new RoundEnd(nowOpen, nowSpent, nowOff);
    }

    /** What all buckets together may have spent, by provider. */
    Map<String, Double> spent() {
        Map<String, Double> spent = new TreeMap<>();
        spentByBucket.values().forEach(bucket -> bucket.forEach((name, some) -> spent.merge(name, some, Double::sum)));
        return spent;
    }

    /** {@code lookup_key, reason, refused, missing} of the keys of which a later round may ask more. */
    static Dataset<Row> goOn(Dataset<Row> ended) {
        return ended.where(col("what").equalTo(GOES_ON))
                .select(col("lookup_key"), col("name").as("reason"), col("refused"), col("missing"));
    }

    /** One bucket's part, in the making. For one thread. */
    static final class Bucket {
        private final int bucket;
        private final boolean rounds;
        private final boolean partialSatisfies;
        private final Map<String, Long> open = new TreeMap<>();
        private final Set<String> off = new TreeSet<>();
        private final List<Row> rows = new ArrayList<>();

        /** @param rounds whether a later round may ask of keys that go on */
        Bucket(int bucket, boolean rounds, boolean partialSatisfies) {
            this.bucket = bucket;
            this.rounds = rounds;
            this.partialSatisfies = partialSatisfies;
        }

        /** @param before why an earlier round left the key open; null if none did */
        void add(KeyResult result, String before) {
            boolean deferred = result.disposition() == KeyResult.Disposition.DEFERRED;
            List<String> refused = new ArrayList<>();
            for (ProviderResult one : result.results()) {
                if (one.source() == ProviderResult.Source.NOT_ASKED
                        && one.reason().equals(BUDGET_SPENT)) {
                    refused.add(one.provider());
                } else if (one.source() == ProviderResult.Source.NOT_ASKED
                        && !one.reason().equals(HELD)) {
                    off.add(one.provider());
                }
            }
            if (rounds && result.isOpenToOthers(partialSatisfies)) {
                String reason = deferred ? result.reason() : Objects.requireNonNullElse(before, "");
                rows.add(RowFactory.create(
                        GOES_ON,
                        bucket,
                        reason,
                        0.0,
                        result.key().text(),
                        refused.toArray(String[]::new),
                        result.missing()
                                .map(WantedFields::paths)
                                .orElse(List.of())
                                .toArray(String[]::new)));
            } else if (deferred) {
                open.merge(result.reason(), 1L, Long::sum);
            }
        }

        void spent(String provider, double credits) {
            rows.add(RowFactory.create(SPENT, bucket, provider, credits, null, null, null));
        }

        Iterator<Row> rows() {
            off.forEach(name -> rows.add(RowFactory.create(OFF, bucket, name, 0.0, null, null, null)));
            open.forEach((reason, keys) ->
                    rows.add(RowFactory.create(OPEN, bucket, reason, (double) keys, null, null, null)));
            return rows.iterator();
        }
    }
}
