package io.tributary.jobs.plan;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import io.tributary.jobs.table.Lake;
import io.tributary.quota.Allowance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * What is asked in the rounds after the plan's own: what a round saved opens the next, until nothing that is still wanted
 * fits what is left. The arithmetic is {@link io.tributary.quota.BudgetRound}; here rows are moved. For one thread.
 */
public final class LaterRounds {
    private static final String STATE =
            "lookup_key STRING, done ARRAY<STRING>, open BOOLEAN, open_reason STRING, still_missing ARRAY<STRING>";

    private final SparkSession spark;
    private final Lake lake;
    private final Stage stage;
    private final Executor writing;
    private final String runId;
    private final Dataset<Row> planned;
    private final Allowance caps;
    private int round = 1;

    /** What this round asks: {@code lookup_key, asks}. */
    private Dataset<Row> work;

    /** One row for each key that was asked: who said his last word, and whether somebody else may be asked. */
    private Dataset<Row> state;

    private final Map<String, Double> stillWanted = new TreeMap<>();

    /**
     * @param planned what {@link PlanStep} made within {@code caps}, at rest
     */
    public LaterRounds(SparkSession spark, Lake lake, Stage stage, String runId, Dataset<Row> planned, Allowance caps) {
        this(spark, lake, stage, Runnable::run, runId, planned, caps);
    }

    /**
     * @param writing runs what writes to a table of the lake, while nobody else does
     * @param planned what {@link PlanStep} made within {@code caps}, at rest
     */
    public LaterRounds(
            SparkSession spark,
            Lake lake,
            Stage stage,
            Executor writing,
            String runId,
            Dataset<Row> planned,
            Allowance caps) {
        this.spark = spark;
        this.lake = lake;
        this.stage = stage;
        this.writing = writing;
        this.runId = runId;
        this.planned = planned;
        this.caps = caps;
        this.work = planned.where(col("decision").equalTo("WORK"));
        this.state = spark.createDataFrame(List.of(), StructType.fromDDL(STATE));
    }

    /** The asks of a key that are in {@code chosen}, in the order of the waterfall. */
    static Column chosenAsks() {
        return expr("filter(wanted, a -> coalesce(array_contains(chosen, a.provider), false))");
    }

    /** Rows that a round came to, out of reach of dying executors. */
    public Dataset<Row> keep(Dataset<Row> ended) {
        return stage.put("round-" + round + "-ended", ended);
    }

    /** How many rounds there were so far. */
    public int round() {
        return round;
    }

    /**
     * Ends a round, and opens the next if anything fits; its rows are in {@code work} then.
     *
     * @param goOn {@code lookup_key, reason, refused, missing}: the keys of which somebody else may be asked, why they are
     *     open, if they are, the providers of which no more was asked because the budget of the task was spent, and the wanted
     *     fields that nobody brought yet
     * @param spent what the run may have spent so far, by provider
     * @param off providers that are asked no more in this run
     * @return rows with {@code bucket, lookup_key, inputs, asks, missing, open_reason}; empty when nothing fits or nothing is left
     */
    public Optional<Dataset<Row>> next(Dataset<Row> goOn, Map<String, Double> spent, Set<String> off) {
        boolean more = !planned.where(size(col("wanted")).gt(size(col("asks")))).isEmpty()
                || !goOn.where(size(col("refused")).gt(0)).isEmpty();
        remember(goOn);
        if (!more) {
            return Optional.empty();
        }
        Dataset<Row> wanted = RoundScan.asks(planned.where(size(col("wanted")).gt(0)))
                .join(state, "lookup_key", "left")
                .where("done is null or open and not array_contains(done, provider)")
                .where(not(col("provider").isin(off.toArray())));
        Dataset<Row> chosen = RoundScan.choose(wanted, caps.less(spent))
                .groupBy(col("lookup_key"))
                .agg(collect_set(col("provider")).as("chosen"));
        round++;
        Dataset<Row> next = stage.put(
                "round-" + round,
                planned.join(chosen, "lookup_key")
                        .join(state, "lookup_key", "left")
                        .select(
                                col("run_id"),
                                col("bucket"),
                                col("entity"),
                                col("lookup_key"),
                                col("key_hash"),
                                col("inputs"),
                                col("aliases"),
                                chosenAsks().as("asks"),
                                coalesce(col("still_missing"), col("missing")).as("missing"),
                                lit("planned").as("status"),
                                col("because").as("reason"),
                                coalesce(col("open_reason"), lit("")).as("open_reason")));
        if (next.isEmpty()) {
            round--;
            wanted.groupBy("provider")
                    .agg(min(col("worst")))
                    .collectAsList()
                    .forEach(row -> stillWanted.put(row.getString(0), row.getDouble(1)));
            return Optional.empty();
        }
        writing.execute(() -> lake.work().append(next, "tributary-work-" + runId, round));
        work = next;
        return Optional.of(next);
    }

    private void remember(Dataset<Row> goOn) {
        Dataset<Row> now = work.select(col("lookup_key"), expr("asks.provider").as("now"))
                .join(goOn, "lookup_key", "left")
                .join(state.select("lookup_key", "done"), "lookup_key", "left")
                .select(
                        col("lookup_key"),
                        expr("array_except(array_union(coalesce(done, array()), now), coalesce(refused, array()))")
                                .as("done"),
                        col("reason").isNotNull().as("open"),
                        coalesce(col("reason"), lit("")).as("open_reason"),
                        col("missing").as("still_missing"));
        state = stage.put(
                "round-" + round + "-state",
                state.join(now.select("lookup_key"), "lookup_key", "left_anti").unionByName(now));
    }

    /** The keys that were asked and stay open, by reason. */
    public Map<String, Long> open() {
        Map<String, Long> open = new TreeMap<>();
        state.where("open and open_reason != ''")
                .groupBy("open_reason")
                .count()
                .collectAsList()
                .forEach(row -> open.put(row.getString(0), row.getLong(1)));
        return open;
    }

    /** The providers that were to be asked more, with the least that one of these asks can cost. */
    public Map<String, Double> stillWanted() {
        return Map.copyOf(stillWanted);
    }

    /** The plan as it was carried out: what a later round asked is deferred no more. In {@code work} neither. */
    public Dataset<Row> carriedOut() {
        if (round == 1) {
            return planned;
        }
        lake.work()
                .delta(spark)
                .as("work")
                .merge(
                        state.select("lookup_key").as("asked"),
                        "work.run_id = '" + runId + "' AND work.status = 'deferred'"
                                + " AND work.lookup_key = asked.lookup_key")
                .whenMatched()
                .delete()
                .execute();
        Column later = col("decision").equalTo("DEFERRED").and(col("open").isNotNull());
        return planned.join(state.select("lookup_key", "open"), "lookup_key", "left")
                .withColumn("reason", when(later, col("because")).otherwise(col("reason")))
                .withColumn("decision", when(later, lit("WORK")).otherwise(col("decision")))
                .drop("open");
    }
}
