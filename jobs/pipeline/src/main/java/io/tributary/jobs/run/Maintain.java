package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.tributary.jobs.StopRequest;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.LakeTable;
import io.tributary.jobs.table.TablePast;
import io.tributary.settings.RetentionSettings;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Tidies a lake up, beside whoever is at work on it: it takes the tables for one short step at a time. What a reader sees of
 * the present stays, but for what the settings say is too old; every version within the time travel can still be read.
 */
public final class Maintain {
    /** By what tables are looked up, in single rows. */
    private static final Map<String, String> CLUSTERED_BY =
            Map.of("history", "lookup_key", "contacts", "_crm_id", "accounts", "_crm_id", "identities", "alias_hash");

    private final Settings settings;
    private final RetentionSettings retention;
    private final SparkSession spark;
    private final Clock clock;
    private final Consumer<String> say;
    private final StopRequest stop;
    private final Lake lake;

    /**
     * @param say takes what a person should read while it goes on
     * @param stop ends it between two steps
     */
    public Maintain(Settings settings, SparkSession spark, Clock clock, Consumer<String> say, StopRequest stop) {
        this.settings = settings;
        this.retention = settings.retention();
        this.spark = spark;
        this.clock = clock;
        this.say = say;
        this.stop = stop;
        this.lake = new Wiring(settings).lake();
    }

    /**
     * What became of a table's files.
     *
     * @param fewerFiles of the present version
     * @param bytesBefore of all versions
     */
    public record Tidied(long fewerFiles, long bytesBefore, long bytesAfter) {}

    /**
     * What was done.
     *
     * @param tables by name
     * @param journals of how many runs the journal was removed
     * @param workLists of how many runs the work list was removed
     * @param rawBodies how many answers lost their raw body
     */
    public record Result(Map<String, Tidied> tables, long journals, long workLists, long rawBodies) {}

    private interface Step<T> {
        T with(LakeKeeper.Tables tables) throws IOException;
    }

    /**
     * Does it all.
     *
     * @param cluster also rewrites the tables that are looked up by single rows, sorted for that
     * @throws java.util.concurrent.CancellationException if it was asked to stop; what is done is done
     */
    public Result run(boolean cluster) throws IOException {
        Run run = new Run(Job.MAINTAIN, settings, spark, clock, Progress.silent(), say, stop);
        try (LakeKeeper keeper = run.enter(RunIds.of(clock.instant(), Job.MAINTAIN))) {
            HadoopJournalStore journal = run.journal();
            step(run, keeper, tables -> {
                lake.ensure(spark);
                return 0;
            });
            long bodies = emptyBodies(run, keeper);
            long lists = step(run, keeper, tables -> removeWork(tables, journal));
            long journals = step(run, keeper, tables -> removeJournals(journal));
            Map<String, Tidied> tidied = new LinkedHashMap<>();
            for (Map.Entry<String, LakeTable> table : lake.all().entrySet()) {
                if (!table.getValue().exists(spark)) {
                    continue;
                }
                TablePast past = new TablePast(spark, table.getValue());
                say.accept("maintain: " + table.getKey());
                long before = past.bytes();
                String column = CLUSTERED_BY.get(table.getKey());
                long fewer = cluster && column != null
                        ? cluster(run, keeper, table.getValue(), column)
                        : step(run, keeper, tables -> past.compact());
                step(run, keeper, tables -> {
                    past.vacuum(retention.timeTravel());
                    return 0;
                });
                tidied.put(table.getKey(), new Tidied(fewer, before, past.bytes()));
            }
            return new Result(tidied, journals, lists, bodies);
        }
    }

    /** History bucket by bucket, so that nobody waits for long. */
    private long cluster(Run run, LakeKeeper keeper, LakeTable table, String column) throws IOException {
        TablePast past = new TablePast(spark, table);
        if (table != lake.history()) {
            return step(run, keeper, tables -> past.cluster("", column));
        }
        long fewer = 0;
        for (int bucket : table.read(spark)
                .select("bucket")
                .distinct()
                .orderBy("bucket")
                .as(Encoders.INT())
                .collectAsList()) {
            fewer += step(run, keeper, tables -> past.cluster("bucket = " + bucket, column));
        }
        return fewer;
    }

    private <T> T step(Run run, LakeKeeper keeper, Step<T> step) throws IOException {
        try (LakeKeeper.Tables tables = run.tables(keeper)) {
            keeper.check();
            return step.with(tables);
        }
    }

    private Instant before(Duration kept) {
        return clock.instant().minus(kept);
    }

    /** Bucket by bucket, so that nobody waits for long. */
    private long emptyBodies(Run run, LakeKeeper keeper) throws IOException {
        if (retention.rawBodies().isEmpty()) {
            return 0;
        }
        Column due = col("fetched_at")
                .lt(Timestamp.from(before(retention.rawBodies().get())))
                .and(col("raw_body").notEqual(""));
        long emptied = 0;
        for (Row bucket : lake.history()
                .read(spark)
                .where(due)
                .groupBy("bucket")
                .agg(count(lit(1)))
                .collectAsList()) {
            step(run, keeper, tables -> {
                lake.history()
                        .delta(spark)
                        .update(due.and(col("bucket").equalTo(bucket.get(0))), Map.of("raw_body", lit("")));
                return 0;
            });
            emptied += bucket.getLong(1);
        }
        return emptied;
    }

    /** Those stay that a run at work, a harvest, or resume may still look at. */
    private long removeWork(LakeKeeper.Tables tables, HadoopJournalStore journal) throws IOException {
        Set<String> needed = new TreeSet<>(tables.otherRuns());
        needed.addAll(journal.unharvestedRuns());
        Unfinished.newest(spark, lake).ifPresent(run -> needed.add(run.runId()));
        new OpenBackfills(
                        spark.sparkContext().hadoopConfiguration(),
                        settings.lake().files())
                .all()
                .forEach(open -> needed.add(open.id()));
        Instant oldest = before(retention.work());
        Dataset<Row> runs = lake.work().read(spark).select("run_id").distinct();
        List<String> due = runs.as(Encoders.STRING()).collectAsList().stream()
                .filter(id -> !needed.contains(id))
                .filter(id -> RunIds.started(id).filter(oldest::isAfter).isPresent())
                .toList();
        if (!due.isEmpty()) {
            lake.work().delta(spark).delete(col("run_id").isin(due.toArray()));
        }
        return due.size();
    }

    private long removeJournals(HadoopJournalStore journal) throws IOException {
        List<String> removed = new ArrayList<>();
        for (String run : journal.harvestedRuns()) {
            if (journal.lastPut(run).isBefore(before(retention.journals()))) {
                journal.removeHarvested(run);
                removed.add(run);
            }
        }
        return removed.size();
    }
}
