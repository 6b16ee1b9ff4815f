package io.tributary.jobs.ask;

import static org.apache.spark.sql.functions.col;

import io.tributary.call.HttpClient5Transport;
import io.tributary.credential.KeyDesk;
import io.tributary.credential.KeyReport;
import io.tributary.jobs.StoppedException;
import io.tributary.jobs.cluster.DriverEnd;
import io.tributary.jobs.cluster.TributaryPlugin;
import io.tributary.jobs.table.Lake;
import io.tributary.quota.Share;
import io.tributary.secret.StoredSecrets;
import io.tributary.settings.Credential;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;

/** Asks the providers for everything that a run planned: one task for each bucket of its work list. */
public final class AskStep {
    /**
     * What a call step came to; the answers themselves are in the journal.
     *
     * @param open the keys that stay open, by reason
     * @param keys what each provider's key was used for
     */
    public record Result(List<NotAnswered> open, List<KeyReport> keys) {
        public Result {
            open = List.copyOf(open);
            keys = List.copyOf(keys);
        }
    }

    private final SparkSession spark;
    private final Lake lake;

    public AskStep(SparkSession spark, Lake lake) {
        this.spark = spark;
        this.lake = lake;
    }

    /**
     * Asks. Every answer is in the journal when this returns, and every answer up to the last flush if it does not.
     *
     * @param progress is told how many keys are done
     * @param warnings takes what a person should know, on any thread
     * @throws StoppedException if Spark is set up so that a call could be paid twice or the quota passed
     */
    public Result run(AskPlan plan, Progress progress, Consumer<String> warnings) {
        refuseAMissingPlugin(spark.sparkContext().getConf());
        refuseSpeculation(spark.sparkContext().getConf());
        refuseSharesBelowOneCall(plan);
        Dataset<Row> work = lake.work()
                .read(spark)
                .where(col("run_id").equalTo(plan.runId()).and(col("status").equalTo("planned")))
                .select(col("bucket"), col("lookup_key"), col("inputs"), col("asks"));
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        LongAccumulator done = spark.sparkContext().longAccumulator("keys done (display only)");
        Slices slices = Slices.of(work);
        long total = slices.keys();
        if (total == 0) {
            return new Result(List.of(), List.of());
        }
        MatchRates rates =
                MatchRates.of(spark, lake, plan.catalog(), Instant.now().plus(plan.clockOffset()));
        context.setJobGroup("tributary-call", "call: " + total + " keys", true);
        Progress.Watch watch = progress.watch("call", total, done::value);
        try (HttpClient5Transport transport = Engine.transport(plan);
                KeyDesk keys = keys(plan, transport, warnings)) {
            DriverEnd.open(plan.runId(), keys, warnings);
            // A bucket is a partition.
            Map<String, Long> open = new TreeMap<>();
            work.repartitionById(plan.buckets(), col("bucket"))
                    .toJavaRDD()
                    .mapPartitions(new BucketTask(plan, slices, rates, done))
                    .collect()
                    .forEach(some -> open.merge(some.reason(), some.keys(), Long::sum));
            List<NotAnswered> notAnswered = open.entrySet().stream()
                    .map(reason -> new NotAnswered(reason.getKey(), reason.getValue()))
                    .toList();
            return new Result(notAnswered, keys.report());
        } finally {
            watch.close();
            DriverEnd.close(plan.runId());
            context.clearJobGroup();
            Engine.close(plan.runId());
        }
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

    /** Executors hear of keys by the plugin. */
    private static void refuseAMissingPlugin(SparkConf conf) {
        if (!TributaryPlugin.isSet(conf)) {
            throw new StoppedException(
                    "this Spark was started without Tributary's plugin, so executors would hear of no" + " key: "
                            + TributaryPlugin.remedy());
        }
    }

    /** A window that holds fewer calls than there are executors can't be divided among them without being passed. */
    private static void refuseSharesBelowOneCall(AskPlan plan) {
        Share share = Share.even(plan.executors());
        plan.catalog().texts().values().forEach(provider -> provider.windows().stream()
                .filter(window -> !share.isStrictFor(window.calls()))
                .findFirst()
                .ifPresent(window -> {
                    throw new StoppedException(provider.name() + " allows " + window.calls() + " calls in "
                            + window.per().toSeconds() + " s, fewer than the " + plan.executors()
                            + " executors that can be alive. Allow fewer executors");
                }));
    }

    /** Two copies of a slow task would ask the same keys twice. */
    static void refuseSpeculation(SparkConf conf) {
        if (conf.getBoolean("spark.speculation", false)) {
            throw new StoppedException(
                    "spark.speculation is on: a second copy of a slow task would pay for its keys again."
                            + " Set spark.speculation=false");
        }
    }

    /**
     * The greatest number of executors that can be alive at once, by which the quota is divided.
     *
     * @throws StoppedException if there is no such number
     */
    public static int mostExecutors(SparkConf conf) {
        String master = conf.get("spark.master", "local");
        if (master.equals("local") || master.startsWith("local[")) {
            return 1;
        }
        if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
            int most = conf.getInt("spark.dynamicAllocation.maxExecutors", Integer.MAX_VALUE);
            if (most == Integer.MAX_VALUE) {
                throw new StoppedException("dynamic allocation has no upper bound, so no executor's share of a quota is"
                        + " known. Set spark.dynamicAllocation.maxExecutors");
            }
            return most;
        }
        // A standalone master starts executors as long as there are cores; it never reads spark.executor.instances.
        // local-cluster is such a master within the driver.
        if (master.startsWith("spark:") || master.startsWith("local-cluster")) {
            if (conf.contains("spark.cores.max") && conf.contains("spark.executor.cores")) {
                return Math.max(1, conf.getInt("spark.cores.max", 1) / conf.getInt("spark.executor.cores", 1));
            }
            throw unbounded("spark.cores.max and spark.executor.cores");
        }
        if (conf.contains("spark.executor.instances")) {
            return conf.getInt("spark.executor.instances", 1);
        }
        throw unbounded("spark.executor.instances");
    }

    private static StoppedException unbounded(String settings) {
        return new StoppedException(
                "the number of executors is not bounded, so no executor's share of a quota is known." + " Set "
                        + settings);
    }
}
