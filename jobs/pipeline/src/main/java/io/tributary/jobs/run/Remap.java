package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import io.tributary.jobs.StopRequest;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.read.ExtractRows;
import io.tributary.jobs.read.ReadResult;
import io.tributary.jobs.read.RejectRows;
import io.tributary.jobs.remap.RemapStep;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.table.Lake;
import io.tributary.model.EntityKind;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads the answers in history again by today's providers' files, and makes the golden tables of them again by today's rules.
 * Nobody is asked, and no key is needed. It holds the lake's tables all the while. One that was cut off is continued by
 * starting it again.
 */
public final class Remap {
    private final Settings settings;
    private final Wiring wiring;
    private final SparkSession spark;
    private final Clock clock;
    private final Progress progress;
    private final Consumer<String> say;
    private final StopRequest stop;
    private final Lake lake;

    /**
     * @param clock the wall clock
     * @param say takes what a person should read while the run goes on
     * @param stop ends the run soon and in order
     */
    public Remap(
            Settings settings,
            SparkSession spark,
            Clock clock,
            Progress progress,
            Consumer<String> say,
            StopRequest stop) {
        this.settings = settings;
        this.wiring = new Wiring(settings);
        this.spark = spark;
        this.clock = clock;
        this.progress = progress;
        this.say = say;
        this.stop = stop;
        this.lake = wiring.lake();
    }

    /**
     * Remaps.
     *
     * @param cutShort is given the summary of a run that fails or stops, before the exception goes on
     * @throws LakeBusyException if another remap is at work on this lake, or this run was taken for dead
     */
    public RunSummary run(RemapRequest request, Consumer<RunSummary> cutShort) throws IOException {
        Run run = new Run(Job.REMAP, settings, spark, clock, progress, say, stop);
        return run.go(lastNight(), cutShort, (log, keeper) -> {
            try (LakeKeeper.Tables tables = run.tables(keeper);
                    Staging staging = run.staging(log.runId(), tables)) {
                lake.ensure(spark);
                run.recover(tables, log);
                if (!request.mergeOnly()) {
                    remap(run, log, request, staging);
                }
                RunScope scope = new RunScope(
                        settings, spark, lake, wiring.catalog(), log.runId(), log.asOf(), staging, tables.others());
                Night night = run.step(log, "read", () -> new Night(scope, nothing(), List.of(), Selection.ALL));
                Dataset<Row> decisions =
                        run.step(log, "plan", () -> staging.put("decisions", standing(night.planned(night.caps()))));
                run.step(log, "merge", () -> night.merge(decisions, log));
                return run.done(keeper, log);
            }
        });
    }

    /** By the clock of the last run, answers are as fresh as it found them: what changes is what was read, and no age. */
    private Optional<Instant> lastNight() {
        if (!lake.runs().exists(spark)) {
            return Optional.empty();
        }
        Row last = lake.runs()
                .read(spark)
                .where(col("job").notEqual(Job.PLAN.id()))
                .agg(max(col("as_of")))
                .first();
        return Optional.ofNullable(last.<Timestamp>getAs(0)).map(Timestamp::toInstant);
    }

    private void remap(Run run, RunLog log, RemapRequest request, Staging staging) throws IOException {
        ShippedCatalog catalog = wiring.catalog();
        RemapStep step = new RemapStep(spark, lake, catalog, settings.limits().buckets());
        Map<String, Long> due = run.step(log, "remap", () -> step.due(request.all()));
        due.keySet()
                .removeIf(name ->
                        !request.providers().isEmpty() && !request.providers().contains(name));
        due.forEach((provider, answers) -> say.accept(String.format(
                Locale.ROOT,
                "%,d answers of %s are read again by its file of today (version %s); no call is made",
                answers,
                provider,
                catalog.spec(provider).version())));
        if (due.isEmpty()) {
            say.accept("All answers were read by today's files; the golden tables are merged again.");
        }
        log.remapped(RemapStep.Result.NOTHING);
        for (String provider : due.keySet()) {
            RemapStep.Result result = run.step(log, "remap", () -> step.run(provider, request.all(), staging::put));
            log.remapped(result);
            if (result.kept() > 0) {
                log.note(String.format(
                        Locale.ROOT,
                        "%s: %,d answers are not understood by its file of today and stay as they were read before",
                        provider,
                        result.kept()));
            }
        }
    }

    /** Nobody will be asked: what waits in the golden tables waits on, for the reason that it had. */
    private Dataset<Row> standing(Dataset<Row> planned) {
        Dataset<Row> waiting = lake.golden(EntityKind.PERSON)
                .read(spark)
                .select("_lookup_key", "enrichment_status", "enrichment_reason")
                .unionByName(lake.golden(EntityKind.COMPANY)
                        .read(spark)
                        .select("_lookup_key", "enrichment_status", "enrichment_reason"))
                .where("enrichment_status = 'deferred' OR enrichment_reason LIKE 'stale:%'")
                .groupBy(col("_lookup_key").as("lookup_key"))
                .agg(expr("max(regexp_replace(enrichment_reason, '^stale:', ''))")
                        .as("stood"));
        Column waits = col("decision").equalTo("WORK").and(col("stood").isNotNull());
        return planned.select("lookup_key", "decision", "reason")
                .join(waiting, "lookup_key", "left")
                .select(
                        col("lookup_key"),
                        when(waits, lit("DEFERRED")).otherwise(col("decision")).as("decision"),
                        when(waits, col("stood")).otherwise(col("reason")).as("reason"));
    }

    private ReadResult nothing() {
        return new ReadResult(
                spark.createDataFrame(List.of(), ExtractRows.SCHEMA),
                spark.createDataFrame(List.of(), RejectRows.SCHEMA),
                List.of(),
                List.of(),
                List.of());
    }
}
