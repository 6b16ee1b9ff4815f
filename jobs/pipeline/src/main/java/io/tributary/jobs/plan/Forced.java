package io.tributary.jobs.plan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Whose answers are asked for again although they are fresh: a new epoch, and paid for. An answer of the last twelve hours stands
 * all the same, so that a run that died is started again with the same words and pays for nothing twice.
 */
public final class Forced {
    private final Optional<String> where;
    private final Set<String> keys;
    private final Set<String> providers;
    private final RecordColumns columns;
    private final Optional<Dataset<Row>> settled;

    /**
     * @param where a Spark SQL condition over a CRM record; empty for all
     * @param keys keys as they stand in tables; empty for all
     * @param providers whose answers; empty for everybody's
     * @param carried the Spark types of the CRM's own columns, by golden column
     */
    public Forced(Optional<String> where, Set<String> keys, Set<String> providers, Map<String, String> carried) {
        this(where, keys, providers, new RecordColumns(carried), Optional.empty());
    }

    private Forced(
            Optional<String> where,
            Set<String> keys,
            Set<String> providers,
            RecordColumns columns,
            Optional<Dataset<Row>> settled) {
        this.where = where;
        this.keys = new TreeSet<>(keys);
        this.providers = new TreeSet<>(providers);
        this.columns = columns;
        this.settled = settled;
    }

    /**
     * The same, but for some keys.
     *
     * @param settledKeys rows with {@code lookup_key}
     */
    public Forced without(Dataset<Row> settledKeys) {
        return new Forced(where, keys, providers, columns, Optional.of(settledKeys));
    }

    /**
     * Holds the condition to the columns that there are; reads nothing.
     *
     * @throws io.tributary.yaml.FaultsException if it names a column that no record has, or is no condition
     */
    public void check(SparkSession spark, StructType records) {
        where.ifPresent(condition -> columns.check(
                "command line", "--force-refresh", condition, () -> among(spark.createDataFrame(List.of(), records))));
    }

    /** The keys that are forced: {@code lookup_key}. One record that is meant is enough. */
    Dataset<Row> among(Dataset<Row> records) {
        Dataset<Row> meant = columns.of(records, rows -> rows.where(expr(where.orElse("true"))));
        Dataset<Row> forced = (keys.isEmpty()
                        ? meant
                        : meant.where(col("lookup_key").isin(keys.toArray())))
                .select("lookup_key")
                .distinct();
        return settled.map(some -> forced.join(some, "lookup_key", "left_anti")).orElse(forced);
    }

    /** Whose answers are passed over, of those that can be asked. */
    Set<String> of(Set<String> askable) {
        Set<String> meant = new TreeSet<>(askable);
        if (!providers.isEmpty()) {
            meant.retainAll(providers);
        }
        return meant;
    }
}
