package io.tributary.jobs.bench;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;

import io.tributary.coordinator.Claim;
import io.tributary.jobs.StopRequest;
import io.tributary.jobs.ask.AskPlan;
import io.tributary.jobs.ask.AskStep;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.ask.QuotaLedger;
import io.tributary.jobs.plan.StagedFiles;
import io.tributary.jobs.store.StoredEntries;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.TableRef;
import io.tributary.provider.QuotaWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One application that asks the sandbox's example provider about people that nobody asked about before. */
public final class QuotaCaller {
    private static final int IN_FLIGHT = 256;

    private final Path home;
    private final Path folder;
    private final SparkSession spark;
    private final Lake lake;

    /**
     * @param home the project's folder, for the provider's file
     * @param folder an empty folder
     */
    public QuotaCaller(Path home, Path folder, SparkSession spark) {
        this.home = home;
        this.folder = folder;
        this.spark = spark;
        this.lake = new Lake(name -> new TableRef(folder.resolve(name).toString()));
        lake.ensure(spark);
    }

    /**
     * Writes down whom to ask about.
     *
     * @param run a name that was not used before
     * @param bucket to which task each of the numbers in {@code id} goes
     */
    public void prepare(String run, int calls, Column bucket) {
        lake.work().append(work(run, calls, bucket), "bench-" + run, 1);
    }

    /**
     * Asks about them.
     *
     * @param evenShares 0 for leases
     * @param ledger where applications agree; empty for one that has its quota for itself
     */
    public void call(
            String run,
            String sandbox,
            List<QuotaWindow> windows,
            int buckets,
            int evenShares,
            Optional<Path> ledger,
            Consumer<String> out)
            throws IOException {
        ExampleProvider provider = new ExampleProvider(home, folder, sandbox);
        AskPlan plan = provider.plan(run, provider.catalog(windows, IN_FLIGHT), evenShares, buckets);
        new AskStep(
                        spark,
                        lake,
                        ledger.isEmpty() ? Optional.empty() : Optional.of(ledger(run, ledger.get())),
                        () -> true,
                        new StopRequest(),
                        Optional.of(new StagedFiles(
                                spark,
                                new org.apache.hadoop.fs.Path(
                                        folder.resolve("staging-" + run).toUri()),
                                true)::putWhole))
                .run(plan, Progress.silent(), out)
                .quotas()
                .forEach(use -> out.accept(run + ": " + use));
    }

    private static QuotaLedger ledger(String run, Path folder) throws IOException {
        return new QuotaLedger(
                new StoredEntries(new Configuration(), new org.apache.hadoop.fs.Path(folder.toUri())),
                run,
                Claim.EQUAL,
                Map.of(),
                Clock.systemUTC());
    }

    Dataset<Row> work(String run, int calls, Column bucket) {
        Column email = concat(lit("ann." + run), col("id").cast("string"), lit("@company.com"));
        return spark.range(calls)
                .withColumn("lookup_key", concat(lit("email:"), email))
                .select(
                        lit(run).as("run_id"),
                        bucket.as("bucket"),
                        lit("person").as("entity"),
                        col("lookup_key"),
                        sha2(col("lookup_key"), 256).as("key_hash"),
                        map(lit("email"), email).as("inputs"),
                        lit(null).cast("array<string>").as("aliases"),
                        array(struct(
                                        lit("example").as("provider"),
                                        lit(0L).as("epoch"),
                                        lit("ask").as("mode"),
                                        lit("").as("operation"),
                                        lit("").as("job_id"),
                                        lit(1.0).as("worst_credits")))
                                .as("asks"),
                        lit("planned").as("status"),
                        lit("never_asked").as("reason"),
                        lit(null).cast("array<string>").as("missing"));
    }
}
