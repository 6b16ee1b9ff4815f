package io.tributary.jobs.ask;

import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tributary.call.HttpClient5Transport;
import io.tributary.coordinator.QuotaDesk;
import io.tributary.coordinator.QuotaUse;
import io.tributary.coordinator.Terms;
import io.tributary.credential.KeyDesk;
import io.tributary.credential.KeyReport;
import io.tributary.jobs.StopRequest;
import io.tributary.jobs.StoppedException;
import io.tributary.jobs.cluster.DriverEnd;
import io.tributary.jobs.cluster.TributaryPlugin;
import io.tributary.jobs.plan.LaterRounds;
import io.tributary.jobs.plan.Stage;
import io.tributary.jobs.table.Lake;
import io.tributary.secret.StoredSecrets;
import io.tributary.settings.Credential;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the providers for everything that a run planned: one task for each bucket of its work list. */
public final class AskStep {
    /**
     * What a call step came to; the answers themselves are in the journal.
     *
     * @param open the keys that stay open, by reason
     * @param keys what each provider's key was used for
     * @param quotas what became of each provider's quota
     * @param accounts what the accounts of providers told that tell anything
     * @param rounds how often the work was cut to what is left of the budget, the plan's own cut included
     * @param spent what may have been spent, by provider, unknown outcomes at their worst
     */
    public record Result(
            List<NotAnswered> open,
            List<KeyReport> keys,
            List<QuotaUse> quotas,
            List<AccountChange> accounts,
            int rounds,
            Map<String, Double> spent) {
        public Result {
            accounts = List.copyOf(accounts);
            quotas = List.copyOf(quotas);
            open = List.copyOf(open);
            keys = List.copyOf(keys);
            spent = Map.copyOf(spent);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(AskStep.class);

    /** Why asks stay open of a run that was stopped. */
    private static final String STOPPED = "stopped";

    private static final String GROUP = "tributary-call";

    /** How long calls that were sent may take to be answered when the run is stopped. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final SparkSession spark;
    private final Lake lake;
    private final Optional<QuotaLedger> ledger;
    private final BooleanSupplier stands;
    private final StopRequest stop;
    private final Optional<Stage> whole;

    /** For a run that has its quotas for itself, and its work in Spark's shuffle. */
    public AskStep(SparkSession spark, Lake lake) {
        this(spark, lake, Optional.empty(), () -> true, new StopRequest(), Optional.empty());
    }

    /**
     * @param ledger where runs agree on quotas that they share
     * @param stands whether the run may still ask; quick, from any thread. As long as it may not, calls wait
     * @param stop ends the step: nothing more is sent, and what was sent has a few seconds to be answered
     * @param whole keeps the work of each bucket in a file. Else an executor that dies takes its part of the shuffled work of
     *     all buckets along, and no task begins until that was made again
     */
    public AskStep(
            SparkSession spark,
            Lake lake,
            Optional<QuotaLedger> ledger,
            BooleanSupplier stands,
            StopRequest stop,
            Optional<Stage> whole) {
        this.spark = spark;
        this.lake = lake;
        this.ledger = ledger;
        this.stands = stands;
        this.stop = stop;
        this.whole = whole;
    }

    /**
     * Asks. Every answer is in the journal when this returns, and every answer up to the last flush if it does not.
     *
     * @param progress is told how many keys are done
     * @param warnings takes what a person should know, on any thread
     * @throws StoppedException if Spark is set up so that a call could be paid twice or the quota passed
     */
    public Result run(AskPlan plan, Progress progress, Consumer<String> warnings) {
        return run(plan, Optional.empty(), progress, warnings);
    }

    /**
     * Asks, and asks on as long as a later round finds something that fits what is left of the budget.
     *
     * @param later empty where nothing bounds the budget: then there is one round
     */
    @SuppressWarnings("try") // the keeper and the way out are held, not used
    public Result run(AskPlan plan, Optional<LaterRounds> later, Progress progress, Consumer<String> warnings) {
        refuseAMissingPlugin(spark.sparkContext().getConf());
        refuseSpeculation(spark.sparkContext().getConf());
        Dataset<Row> work = lake.work()
                .read(spark)
                .where(col("run_id").equalTo(plan.runId()).and(col("status").equalTo("planned")))
                .select(
                        col("bucket"),
                        col("lookup_key"),
                        col("inputs"),
                        col("asks"),
                        col("missing"),
                        lit("").as("open_reason"));
        Slices planned = Slices.of(work, Map.of());
        if (planned.keys() == 0) {
            // What fits nowhere in the plan fits in no later round: only what is wanted all the same is looked at.
            Dataset<Row> nobody = spark.createDataFrame(List.of(), RoundEnd.SCHEMA);
            later.ifPresent(rounds -> rounds.next(RoundEnd.goOn(nobody), Map.of(), Set.of()));
            return new Result(List.of(), List.of(), List.of(), List.of(), 1, Map.of());
        }
        MatchRates rates =
                MatchRates.of(spark, lake, plan.catalog(), Instant.now().plus(plan.clockOffset()));
        LostExecutors lost = null;
        QuotaDesk quotas = quotas(plan);
        RunningTasks tasks = new RunningTasks();
        spark.sparkContext().addSparkListener(tasks);
        try (HttpClient5Transport transport = Engine.transport(plan);
                KeyDesk keys = keys(plan, transport, warnings);
                // Nobody closes what is not there.
                LedgerKeeper shares =
                        ledger.map(kept -> new LedgerKeeper(kept, quotas)).orElse(null);
                Accounts accounts = new Accounts(plan, planned.inAll(), keys, transport, quotas, warnings);
                StopRequest.Begun calling = stop.during(() -> cutShort(quotas, accounts));
                DriverEnd.Open reachable = DriverEnd.open(plan.runId(), keys, quotas, tasks, stands, warnings)) {
            lost = new LostExecutors(quotas);
            spark.sparkContext().addSparkListener(lost);
            accounts.before();
            RoundEnd end = RoundEnd.nothing();
            Slices slices = planned;
            Optional<Dataset<Row>> round = Optional.of(work);
            while (round.isPresent()) {
                Dataset<Row> ended = ask(plan, round.get(), slices, rates, later, progress);
                end = end.and(ended);
                round = later.isPresent() && !stop.isMade()
                        ? later.get().next(RoundEnd.goOn(ended), end.spent(), end.off())
                        : Optional.empty();
                slices = round.isPresent() ? Slices.of(round.get(), end.spentByBucket()) : slices;
            }
            Map<String, Long> open = new TreeMap<>(end.open());
            later.ifPresent(rounds -> rounds.open().forEach((reason, some) -> open.merge(reason, some, Long::sum)));
            List<NotAnswered> notAnswered = open.entrySet().stream()
                    .map(reason -> new NotAnswered(reason.getKey(), reason.getValue()))
                    .toList();
            int rounds = later.map(LaterRounds::round).orElse(1);
            List<AccountChange> changes = stop.isMade() ? List.of() : accounts.after();
            if (shares != null) {
                shares.quiet();
            }
            return new Result(notAnswered, keys.report(), quotas.use(), changes, rounds, end.spent());
        } finally {
            if (lost != null) {
                spark.sparkContext().removeSparkListener(lost);
            }
            spark.sparkContext().removeSparkListener(tasks);
            Engine.close(plan.runId());
        }
    }

    /** Executors hear of it within a moment; whoever waits for something else than a turn is interrupted later. */
    private void cutShort(QuotaDesk quotas, Accounts accounts) {
        quotas.close(STOPPED);
        accounts.stop();
        CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> spark.sparkContext().cancelJobGroup(GROUP));
    }

    /** One round: a bucket is a partition. What it came to is few numbers, and where another round may follow, files. */
    private Dataset<Row> ask(
            AskPlan plan,
            Dataset<Row> work,
            Slices slices,
            MatchRates rates,
            Optional<LaterRounds> later,
            Progress progress) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        LongAccumulator done = spark.sparkContext().longAccumulator("keys done (display only)");
        int round = later.map(LaterRounds::round).orElse(1);
        String step = round == 1 ? "call" : "call, round " + round;
        context.setJobGroup(GROUP, step + ": " + slices.keys() + " keys", true);
        Progress.Watch watch = progress.watch(step, slices.keys(), done::value);
        try {
            JavaRDD<Row> ended = byBucket(plan, work, slices, round)
                    .mapPartitions(new BucketTask(plan, slices, rates, later.isPresent(), done));
            return later.isPresent()
                    ? later.get().keep(spark.createDataFrame(ended, RoundEnd.SCHEMA))
                    : spark.createDataFrame(ended.collect(), RoundEnd.SCHEMA);
        } finally {
            watch.close();
            context.clearJobGroup();
        }
    }

    /** A partition for each bucket that has work. */
    private JavaRDD<Row> byBucket(AskPlan plan, Dataset<Row> work, Slices slices, int round) {
        if (whole.isPresent()) {
            int[] buckets = slices.buckets().keySet().stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            Dataset<Row> parted = work.repartitionById(
                    buckets.length,
                    array_position(lit(buckets), col("bucket")).minus(1).cast("int"));
            JavaRDD<Row> kept = whole.get().put("calls-" + round, parted).toJavaRDD();
            if (kept.getNumPartitions() == buckets.length) {
                return kept;
            }
            LOG.warn(
                    "the work of {} buckets was kept in {} files, so it is shuffled instead",
                    buckets.length,
                    kept.getNumPartitions());
        }
        return work.repartitionById(plan.buckets(), col("bucket")).toJavaRDD();
    }

    /** The quotas are divided on the driver, by what executors report. */
    private QuotaDesk quotas(AskPlan plan) {
        QuotaDesk desk = ledger.isPresent()
                ? QuotaDesk.sharing(System::nanoTime, Clock.systemUTC(), Terms.DEFAULT)
                : new QuotaDesk(System::nanoTime, Clock.systemUTC(), Terms.DEFAULT);
        plan.catalog().texts().forEach((name, text) -> desk.with(name, text.windows()));
        return desk;
    }

    /** The keys are read on the driver alone, and tokens fetched once for all executors. */
    private static KeyDesk keys(AskPlan plan, HttpClient5Transport transport, Consumer<String> warnings) {
        KeyDesk desk = new KeyDesk(
                new StoredSecrets(System.getenv(), warning -> {}),
                transport,
                Clock.systemUTC(),
                plan.keysReread(),
                warnings);
        plan.catalog()
                .texts()
                .forEach((name, text) -> desk.with(
                        name,
                        plan.catalog().spec(name).auth(),
                        text.keys().stream().map(Credential::parts).toList()));
        return desk;
    }

    /** Executors hear of keys and quotas by the plugin. */
    private static void refuseAMissingPlugin(SparkConf conf) {
        if (!TributaryPlugin.isSet(conf)) {
            throw new StoppedException(
                    "this Spark was started without Tributary's plugin, so executors would hear of no key and"
                            + " no part of a quota: "
                            + TributaryPlugin.remedy());
        }
    }

    /** Two copies of a slow task would ask the same keys twice. */
    static void refuseSpeculation(SparkConf conf) {
        if (conf.getBoolean("spark.speculation", false)) {
            throw new StoppedException(
                    "spark.speculation is on: a second copy of a slow task would pay for its keys again."
                            + " Set spark.speculation=false");
        }
    }
}
