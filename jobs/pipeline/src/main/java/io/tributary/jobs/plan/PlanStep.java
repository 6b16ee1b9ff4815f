package io.tributary.jobs.plan;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.tributary.jobs.identities.KnownAs;
import io.tributary.jobs.table.Lake;
import io.tributary.model.EntityKind;
import io.tributary.order.AutoOrder;
import io.tributary.quota.Allowance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * Distinct keys against history, suppressions and budgets. The result is a value: nothing is written or sent until
 * someone commits it.
 */
public final class PlanStep {
    /** Life cycles of records that are gone: never asked for, and no word about others with the same key. */
    static final List<String> ENDED = List.of("deleted", "converted", "merged");

    /** Why a key is deferred that another run is about to ask. */
    private static final String ASKED_ELSEWHERE = "asked_by_another_run";

    private final SparkSession spark;
    private final Lake lake;
    private final ProviderCatalog catalog;
    private final int buckets;
    private final Terms terms;
    private final Measured measured;

    public PlanStep(SparkSession spark, Lake lake, ProviderCatalog catalog, int buckets) {
        this(spark, lake, catalog, buckets, Terms.NONE, new Measured(Optional.empty(), Map.of()));
    }

    private PlanStep(
            SparkSession spark, Lake lake, ProviderCatalog catalog, int buckets, Terms terms, Measured measured) {
        this.spark = spark;
        this.lake = lake;
        this.catalog = catalog;
        this.buckets = buckets;
        this.terms = terms;
        this.measured = measured;
    }

    /** What the providers found so far, and the orders that follow from it. */
    private record Measured(Optional<MeasuredPast> past, Map<EntityKind, AutoOrder> orders) {}

    /** What may bound a plan besides what is known and what may be spent. */
    private record Terms(
            Set<String> besides,
            Optional<Dataset<Row>> only,
            Optional<Dataset<Row>> knownAs,
            Optional<Forced> forced,
            Optional<SendWhen> sendWhen,
            Optional<Dataset<Row>> history) {
        static final Terms NONE = new Terms(
                Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private PlanStep under(Terms changed) {
        return new PlanStep(spark, lake, catalog, buckets, changed, measured);
    }

    /** The same beside runs that are at work: a key on the work list of one of them is its own, and is deferred here. */
    public PlanStep besides(Set<String> runs) {
        return under(
                new Terms(Set.copyOf(runs), terms.only, terms.knownAs, terms.forced, terms.sendWhen, terms.history));
    }

    /**
     * The same for some keys: no other is planned, but records of others say all the same who must not be asked about.
     *
     * @param keys rows with {@code lookup_key}; empty for all keys
     */
    public PlanStep only(Optional<Dataset<Row>> keys) {
        return under(new Terms(terms.besides, keys, terms.knownAs, terms.forced, terms.sendWhen, terms.history));
    }

    /** The same, told what {@link KnownAs#of} says of the records that will be planned. */
    public PlanStep knownAs(Dataset<Row> known) {
        return under(
                new Terms(terms.besides, terms.only, Optional.of(known), terms.forced, terms.sendWhen, terms.history));
    }

    /** The same, passing over answers although they are fresh. */
    public PlanStep forcing(Optional<Forced> forced) {
        return under(new Terms(terms.besides, terms.only, terms.knownAs, forced, terms.sendWhen, terms.history));
    }

    /** The same, sending nothing where a condition withholds it. */
    public PlanStep sendWhen(Optional<SendWhen> conditions) {
        return under(new Terms(terms.besides, terms.only, terms.knownAs, terms.forced, conditions, terms.history));
    }

    /** The same, as if history held these rows. */
    public PlanStep history(Dataset<Row> rows) {
        return under(
                new Terms(terms.besides, terms.only, terms.knownAs, terms.forced, terms.sendWhen, Optional.of(rows)));
    }

    /**
     * The same, told what the providers found so far: rows then say to which segment a key belongs.
     *
     * @param orders of the entities whose order is measured; the others are asked as they are listed
     */
    public PlanStep measured(MeasuredPast past, Map<EntityKind, AutoOrder> orders) {
        return new PlanStep(spark, lake, catalog, buckets, terms, new Measured(Optional.of(past), Map.copyOf(orders)));
    }

    /**
     * Plans the subjects. Records that ended (deleted, converted, merged) are passed over and stop no other record.
     *
     * @param records rows with {@code entity}, {@code lookup_key}, {@code aliases}, {@code inputs} and {@code
     *     life_cycle}; several rows may share a key
     * @param withheld life cycles that withhold a key: one such record stops every record of the same key, for it is the
     *     same person
     * @param caps the most credits that this run may spend
     * @param first whom to ask first where they do not reach for all; empty for the order of the keys' hashes, which is
     *     none
     * @return one row for each key: the columns of {@link PlannedKeys#SCHEMA}, of which {@code country} and {@code company_size}
     *     are null where nothing was measured, and {@code run_id}. If there are caps,
     *     {@code asks} is what fits them with its worst cases; and there are {@code wanted}, all that would be asked
     *     without a cap, {@code because}, why, and {@code priority}
     */
    public Dataset<Row> run(
            Dataset<Row> records,
            Set<String> withheld,
            String runId,
            Instant asOf,
            Allowance caps,
            Optional<Priority> first) {
        Dataset<Row> all = distinctKeys(records, withheld);
        Dataset<Row> keys = terms.only
                .map(some -> all.join(some, "lookup_key", "left_semi"))
                .orElse(all);
        Dataset<Row> known = knownAnswers(keys, terms.knownAs.orElseGet(() -> KnownAs.of(spark, lake, records)));
        Dataset<Row> suppressed = SuppressedKeys.of(spark, lake, records).withColumn("suppressed", lit(true));
        PlannedKeys planner = new PlannedKeys(catalog, asOf, buckets, measured.orders());
        Dataset<Row> planned = withSegments(bounded(keys, records))
                .join(known, "lookup_key", "left")
                .join(suppressed, "lookup_key", "left")
                .select(
                        col("entity"),
                        col("lookup_key"),
                        col("key_hash"),
                        col("inputs"),
                        col("aliases"),
                        col("known"),
                        col("forced"),
                        col("withheld"),
                        col("country"),
                        col("company_size"),
                        coalesce(col("suppressed"), lit(false)).as("suppressed"))
                .mapPartitions(planner, Encoders.row(PlannedKeys.SCHEMA));
        planned = terms.besides.isEmpty() ? planned : unclaimed(planned);
        return (caps.isUnlimited() ? planned : withinBudget(planned, caps, first.map(order -> order.byKey(records))))
                .withColumn("run_id", lit(runId));
    }

    private Dataset<Row> withSegments(Dataset<Row> keys) {
        Column none = lit(null).cast(DataTypes.StringType);
        return measured.past().map(past -> past.withSegments(keys)).orElseGet(() -> keys.withColumn("country", none)
                .withColumn("company_size", none));
    }

    /** The keys with {@code forced}, the providers whose answers are passed over, and {@code withheld}; null for none. */
    private Dataset<Row> bounded(Dataset<Row> keys, Dataset<Row> records) {
        Dataset<Row> bounded = keys;
        if (terms.forced.isPresent()) {
            Set<String> askable = new TreeSet<>();
            for (EntityKind entity : EntityKind.values()) {
                askable.addAll(catalog.waterfall(entity));
            }
            Column providers = array(terms.forced.get().of(askable).stream()
                    .map(org.apache.spark.sql.functions::lit)
                    .toArray(Column[]::new));
            bounded = bounded.join(
                    terms.forced.get().among(records).withColumn("forced", providers), "lookup_key", "left");
        } else {
            bounded = bounded.withColumn("forced", lit(null).cast("array<string>"));
        }
        return terms.sendWhen.isPresent()
                ? bounded.join(terms.sendWhen.get().byKey(records), "lookup_key", "left")
                : bounded.withColumn("withheld", lit(null).cast("map<string, string>"));
    }

    /** Whoever plans has the lake's tables, so that of two runs that want a key one sees the other's claim. */
    private Dataset<Row> unclaimed(Dataset<Row> planned) {
        Dataset<Row> claims = lake.work()
                .read(spark)
                .where(col("run_id").isin(terms.besides.toArray()))
                .select(col("lookup_key"), lit(true).as("claimed"))
                .distinct();
        Column claimed = col("decision").equalTo("WORK").and(col("claimed").isNotNull());
        return planned.join(claims, "lookup_key", "left")
                .withColumn("asks", when(claimed, expr("slice(asks, 1, 0)")).otherwise(col("asks")))
                .withColumn("reason", when(claimed, lit(ASKED_ELSEWHERE)).otherwise(col("reason")))
                .withColumn("decision", when(claimed, lit("DEFERRED")).otherwise(col("decision")))
                .drop("claimed");
    }

    /** One row for each key; equal subjects bring the richest inputs of a living record, the same ones on every run. */
    private Dataset<Row> distinctKeys(Dataset<Row> records, Set<String> withheld) {
        Column lifeCycle = coalesce(col("life_cycle"), lit("active"));
        return records.where(col("lookup_key").isNotNull())
                .where(not(lifeCycle.isin(ENDED.toArray())))
                .withColumn("withheld", lifeCycle.isin(withheld.toArray()))
                .groupBy(col("lookup_key"))
                .agg(
                        first(col("entity")).as("entity"),
                        max_by(col("inputs"), struct(expr("size(inputs)"), expr("to_json(inputs)")))
                                .as("inputs"),
                        expr("array_sort(array_distinct(flatten(collect_list(coalesce(aliases,"
                                        + " cast(array() as array<string>))))))")
                                .as("aliases"),
                        max(col("withheld")).as("withheld"))
                .where(not(col("withheld")))
                .drop("withheld")
                .withColumn("key_hash", expr("sha2(lookup_key, 256)"));
    }

    /** For each key, of each key that it shares and each provider, the newest answer, and of each way to get none the newest. */
    private Dataset<Row> knownAnswers(Dataset<Row> keys, Dataset<Row> others) {
        Column answer = struct(
                col("lookup_key"),
                col("provider"),
                col("outcome"),
                col("confidence"),
                col("fetched_at"),
                col("inputs_hash"),
                col("epoch"),
                col("operation"),
                col("job_id"),
                WantedCells.of(catalog.wanted()).as("wanted"));
        return KnownAs.share(
                        Lake.answers(
                                terms.history.orElseGet(() -> lake.history().read(spark)), catalog::waterfall),
                        keys,
                        others)
                .withColumn(
                        "way",
                        // An unknown outcome with a job's name says that the job will never answer.
                        when(col("outcome").equalTo("UNKNOWN").and(col("job_id").notEqual("")), lit("PENDING"))
                                .when(col("outcome").isin("PENDING", "UNKNOWN", "FAILED"), col("outcome"))
                                .otherwise(lit("ANSWER")))
                .groupBy(col("for_key"), col("lookup_key"), col("provider"), col("way"))
                .agg(max_by(answer, struct(col("fetched_at"), col("response_id")))
                        .as("answer"))
                .groupBy(col("for_key").as("lookup_key"))
                .agg(sort_array(collect_list(col("answer"))).as("known"));
    }

    /** Cuts the work so that even if every ask costs its worst, neither a provider's cap nor that of the run is passed. */
    private static Dataset<Row> withinBudget(Dataset<Row> planned, Allowance caps, Optional<Dataset<Row>> priorities) {
        Dataset<Row> ordered = priorities
                .map(order -> planned.join(order, "lookup_key", "left"))
                .orElseGet(() -> planned.withColumn("priority", lit(null).cast(DataTypes.DoubleType)))
                .withColumnRenamed("asks", "wanted")
                .withColumnRenamed("reason", "because");
        Dataset<Row> chosen = RoundScan.choose(RoundScan.asks(ordered), caps)
                .groupBy(col("lookup_key"))
                .agg(collect_set(col("provider")).as("chosen"));
        Column deferred = col("decision").equalTo("WORK").and(col("chosen").isNull());
        return ordered.join(chosen, "lookup_key", "left")
                .select(
                        col("entity"),
                        col("lookup_key"),
                        col("key_hash"),
                        col("bucket"),
                        col("inputs"),
                        col("aliases"),
                        when(deferred, lit("DEFERRED"))
                                .otherwise(col("decision"))
                                .as("decision"),
                        when(deferred, lit("budget")).otherwise(col("because")).as("reason"),
                        col("withheld"),
                        LaterRounds.chosenAsks().as("asks"),
                        col("missing"),
                        col("country"),
                        col("company_size"),
                        col("wanted"),
                        col("because"),
                        col("priority"));
    }
}
