package io.tributary.jobs.identities;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.tributary.identity.Options;
import io.tributary.jobs.table.Lake;
import java.util.Collection;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Brings the identifiers of answers into {@code identities}: those that the answer names and those of the records that asked. It goes
 * before the answers' own way into history: a harvest that dies in between finds the same answers again, and what stands here
 * twice is read as once.
 */
public final class IdentityStep {
    private static final String APPLICATION = "tributary-identities";

    private final SparkSession spark;
    private final Lake lake;
    private final Options options;

    /** @param options as the rows' own identifiers are judged */
    public IdentityStep(SparkSession spark, Lake lake, Options options) {
        this.spark = spark;
        this.lake = lake;
        this.options = options;
    }

    /**
     * Adds the identifiers of answers that are about to come into history; where nothing is there yet, those of all history too.
     * Nobody else may: the caller has the lake's tables.
     *
     * @param coming rows of history, perhaps with further columns
     * @param runs the runs that they are of
     * @param fence greater than that of every earlier one
     */
    public void run(Dataset<Row> coming, Collection<String> runs, long fence) {
        boolean first = lake.identities().read(spark).isEmpty();
        add(
                first ? history().unionByName(answers(coming)) : answers(coming),
                first ? Optional.empty() : Optional.of(runs),
                fence);
    }

    /** Adds what history holds, where nothing is there yet: a lake of before there were identities. */
    public void begin(long fence) {
        if (lake.identities().read(spark).isEmpty() && !history().isEmpty()) {
            add(history(), Optional.empty(), fence);
        }
    }

    private Dataset<Row> history() {
        return answers(lake.history().read(spark));
    }

    private static Dataset<Row> answers(Dataset<Row> rows) {
        return rows.where(col("outcome").isin(KnownAs.TELLING))
                .select("entity", "lookup_key", "provider", "response_id", "fetched_at", "run_id", "person", "company");
    }

    private void add(Dataset<Row> answers, Optional<Collection<String>> runs, long fence) {
        Dataset<Row> rows = answers.join(recorded(runs), new String[] {"run_id", "lookup_key"}, "left")
                .mapPartitions(
                        new NamedIdentifiers(options),
                        Encoders.row(lake.identities().schema()));
        lake.identities().append(rows, APPLICATION, fence);
    }

    /** What the records said by which runs asked: {@code run_id, lookup_key, recorded}. */
    private Dataset<Row> recorded(Optional<Collection<String>> runs) {
        Dataset<Row> work = lake.work().read(spark).where("status = 'planned' AND aliases IS NOT NULL");
        return runs.map(some -> work.where(col("run_id").isin(some.toArray())))
                .orElse(work)
                .groupBy("run_id", "lookup_key")
                .agg(expr("array_distinct(flatten(collect_list(aliases)))").as("recorded"));
    }
}
