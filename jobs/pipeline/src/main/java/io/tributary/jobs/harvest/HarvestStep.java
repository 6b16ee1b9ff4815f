package io.tributary.jobs.harvest;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import io.tributary.call.MatchWatch;
import io.tributary.identity.Options;
import io.tributary.jobs.StoppedException;
import io.tributary.jobs.identities.IdentityStep;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.plan.PlannedAsk;
import io.tributary.jobs.table.Lake;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Brings every answer of every journal that is not in history yet into history. An answer's id is made from its place in
 * the journal, and an id that history holds is not written again: a harvest that died anywhere is simply done again.
 * So is one of a run to which a task that outlived it may still add: a run is read again until it has been silent for a day.
 */
public final class HarvestStep {
    private static final Duration SILENCE = Duration.ofDays(1);

    /** One name for all harvests of a lake: of two, Delta lets only the one with the greater fence write after the other. */
    private static final String APPLICATION = "tributary-history";

    private final SparkSession spark;
    private final Lake lake;
    private final HadoopJournalStore journal;
    private final int buckets;
    private final IdentityStep identities;

    /** @param buckets into which the keys of this lake are cut */
    public HarvestStep(SparkSession spark, Lake lake, HadoopJournalStore journal, int buckets) {
        this(spark, lake, journal, buckets, new Options(false));
    }

    /**
     * @param buckets into which the keys of this lake are cut
     * @param options how identifiers are judged
     */
    public HarvestStep(SparkSession spark, Lake lake, HadoopJournalStore journal, int buckets, Options options) {
        this.spark = spark;
        this.lake = lake;
        this.journal = journal;
        this.buckets = buckets;
        this.identities = new IdentityStep(spark, lake, options);
    }

    /**
     * What a harvest found.
     *
     * @param runs the runs of which something new came into history
     * @param segments segments read
     * @param answers rows appended to history
     * @param torn segments that were not whole; their whole records were kept
     * @param tried what was tried, by run, provider and operation
     */
    public record Result(List<String> runs, long segments, long answers, List<String> torn, List<Tried> tried) {}

    /**
     * What one run tried by one operation of a provider, counted from its journal.
     *
     * @param calls requests sent, whatever became of them
     * @param refused of them, answered with 429
     * @param late tries that may have been bought, and after which the same task asked again: no rows of history
     * @param repeats asks that were sent again although an earlier try, of this run or another, may have been bought
     */
    public record Tried(
            String run, String provider, String operation, long calls, long refused, long late, long repeats) {}

    /** Harvests all runs, for a caller who has nothing to record; see {@link #run(long, Set, Instant, Consumer)}. */
    public Result run(long fence, Instant now) throws IOException {
        return run(fence, Set.of(), now, found -> {});
    }

    /**
     * Harvests. Nobody else may: the caller has the lake's tables.
     *
     * @param fence greater than that of every harvest before. A harvest that was held up, and finds that another was made
     *     since, writes nothing and fails; so does one that another overtakes while it commits
     * @param living runs that are at work: what they asked is not over
     * @param now the time, by the clock of the journal's file system
     * @param record takes what was found while it would be found again: after history, and before a run that has fallen
     *     silent is marked and never looked at any more
     * @throws StoppedException if a segment has a format that this program does not know, or another harvest was made since
     *     the tables were taken; then nothing is written
     */
    public Result run(long fence, Set<String> living, Instant now, Consumer<Result> record) throws IOException {
        List<String> runs = journal.unharvestedRuns().stream()
                .filter(run -> !living.contains(run))
                .toList();
        List<String> paths = new ArrayList<>();
        for (String run : runs) {
            journal.list(run).forEach(path -> paths.add(journal.qualified(path)));
        }
        if (paths.isEmpty()) {
            identities.begin(fence);
            markSilent(runs, now);
            return new Result(List.of(), 0, 0, List.of(), List.of());
        }
        Dataset<Row> decoded = spark.read()
                .format("binaryFile")
                .load(paths.toArray(String[]::new))
                .select(regexp_extract(col("path"), "[^/]+/[^/]+/[^/]+$", 0).as("path"), col("content"))
                .groupByKey((MapFunction<Row, String>) HarvestStep::bucketFolder, Encoders.STRING())
                .flatMapGroups(
                        new SegmentRows(lake.history().schema(), buckets),
                        Encoders.row(SegmentRows.schema(lake.history().schema())))
                .persist();
        try {
            refuseUnknownVersions(decoded);
            Dataset<Row> tries = decoded.where(col("torn").isNull());
            Dataset<Row> answers = believed(tries, carriedOnce(tries.where(col("last"))));
            Dataset<Row> known = lake.history()
                    .read(spark)
                    .where(col("run_id").isin(runs.toArray()))
                    .select(col("response_id").as("known_id"));
            Dataset<Row> fresh = answers.join(known, col("response_id").equalTo(col("known_id")), "left_anti")
                    .persist();
            long count = fresh.count();
            List<String> changed = List.of();
            if (count > 0) {
                changed = fresh.select("run_id")
                        .distinct()
                        .orderBy("run_id")
                        .as(Encoders.STRING())
                        .collectAsList();
                identities.run(fresh, changed, fence);
                lake.history().append(fresh, APPLICATION, fence);
                refuseALostAppend(fresh, changed);
            }
            fresh.unpersist();
            OptOuts.list(spark, lake, tries);
            Set<String> torn = new TreeSet<>(decoded.where(col("torn").isNotNull())
                    .selectExpr("concat(segment, ': ', torn)")
                    .as(Encoders.STRING())
                    .collectAsList());
            Result result = new Result(
                    List.copyOf(changed), paths.size(), count, List.copyOf(torn), tried(tries, paidAgain(tries)));
            record.accept(result);
            markSilent(runs, now);
            return result;
        } finally {
            decoded.unpersist();
        }
    }

    /** Delta passes over an append with too small a fence without a word, and what history lacks would be bought again. */
    private void refuseALostAppend(Dataset<Row> fresh, List<String> runs) {
        Dataset<Row> written = lake.history()
                .read(spark)
                .where(col("run_id").isin(runs.toArray()))
                .select(col("response_id"));
        if (!fresh.join(written, "response_id", "left_anti").isEmpty()) {
            throw new StoppedException("another run has harvested this lake since this one took its tables, so its own"
                    + " harvest counts for nothing. The answers are in the journal: start again");
        }
    }

    private static String bucketFolder(Row file) {
        String path = file.getAs("path");
        return path.substring(0, path.lastIndexOf('/'));
    }

    /** Many people bring the same company along: of what one provider says of it in a run, the newest. */
    private static Dataset<Row> carriedOnce(Dataset<Row> answers) {
        WindowSpec same = Window.partitionBy("run_id", "provider", "lookup_key")
                .orderBy(col("fetched_at").desc(), col("response_id"));
        Dataset<Row> carried = answers.where(col("carried_by").isNotNull())
                .withColumn("place", row_number().over(same))
                .where(col("place").equalTo(1))
                .drop("place");
        return answers.where(col("carried_by").isNull()).unionByName(carried);
    }

    /** A "not found" of a provider that was switched off for finding nobody is not one: it is asked again. */
    private static Dataset<Row> believed(Dataset<Row> tries, Dataset<Row> answers) {
        Dataset<Row> fallen = tries.where(col("reason").equalTo(MatchWatch.FELL))
                .select(col("run_id").as("fallen_run"), col("provider").as("fallen_provider"))
                .distinct();
        Column unbelieved = col("fallen_run").isNotNull().and(col("outcome").equalTo("NOT_FOUND"));
        return answers.join(
                        broadcast(fallen),
                        col("run_id")
                                .equalTo(col("fallen_run"))
                                .and(col("provider").equalTo(col("fallen_provider"))),
                        "left")
                .withColumn("reason", when(unbelieved, lit(MatchWatch.FELL)).otherwise(col("reason")))
                .withColumn("outcome", when(unbelieved, lit("FAILED")).otherwise(col("outcome")))
                .drop("fallen_run", "fallen_provider");
    }

    /** Asks that were sent although the run before may have bought them, as the work list says, by run, provider and
     * operation. */
    private Map<List<String>, Long> paidAgain(Dataset<Row> tries) {
        Dataset<Row> again = lake.work()
                .read(spark)
                .where(col("status").equalTo("planned"))
                .selectExpr("run_id", "lookup_key", "explode(asks) as ask")
                .where(col("ask.mode").equalTo(PlannedAsk.Mode.AGAIN.id()))
                .selectExpr("run_id", "lookup_key", "ask.provider as provider");
        Map<List<String>, Long> counts = new HashMap<>();
        tries.select("run_id", "lookup_key", "provider", "operation")
                .distinct()
                .join(again, new String[] {"run_id", "lookup_key", "provider"}, "left_semi")
                .groupBy("run_id", "provider", "operation")
                .count()
                .collectAsList()
                .forEach(row ->
                        counts.put(List.of(row.getString(0), row.getString(1), row.getString(2)), row.getLong(3)));
        return counts;
    }

    /**
     * A call that carried several asks has a line for each of them: each counts for its part. An ask that died before its
     * answer has no line of a call.
     */
    private static List<Tried> tried(Dataset<Row> tries, Map<List<String>, Long> paidAgain) {
        return tries
                .groupBy("run_id", "provider", "operation")
                .agg(
                        expr("cast(coalesce(round(sum(1 / batch_size)), 0) as bigint)"),
                        expr("cast(coalesce(round(sum(if(http_status = 429, 1 / batch_size, 0))), 0) as bigint)"),
                        expr("cast(sum(if(outcome = 'UNKNOWN' AND NOT last, 1, 0)) as bigint)"),
                        expr("cast(sum(if(again, 1, 0)) as bigint)"))
                .collectAsList()
                .stream()
                .map(row -> new Tried(
                        row.getString(0),
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(5)
                                + row.getLong(6)
                                + paidAgain.getOrDefault(
                                        List.of(row.getString(0), row.getString(1), row.getString(2)), 0L)))
                .toList();
    }

    /** What a newer program paid for must not be asked again, and only it can read what that was. */
    private static void refuseUnknownVersions(Dataset<Row> decoded) {
        List<Row> unknown = decoded.where(col("unknown_version").isNotNull())
                .select("segment", "unknown_version")
                .orderBy("segment")
                .takeAsList(1);
        if (!unknown.isEmpty()) {
            throw new StoppedException(unknown.get(0).getString(1));
        }
    }

    private void markSilent(List<String> runs, Instant now) throws IOException {
        for (String run : runs) {
            if (journal.lastPut(run).plus(SILENCE).isBefore(now)) {
                journal.markHarvested(run);
            }
        }
    }
}
