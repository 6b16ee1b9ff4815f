package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.tributary.jobs.StopRequest;
import io.tributary.jobs.StoppedException;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.read.ExtractRows;
import io.tributary.jobs.read.ReadResult;
import io.tributary.jobs.read.RejectRows;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.table.Lake;
import io.tributary.model.EntityKind;
import io.tributary.quota.Caps;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Asks about records that are in the golden tables already: those that a condition selects, or those on the work list of a run
 * that did not reach its end. It reads no extract, and works beside a night, which goes first at the providers. One that was
 * cut off is continued by starting it again: what was answered is in history.
 */
public final class Backfill {
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
    public Backfill(
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
     * A plan to be approved.
     *
     * @param id what to approve it by: a plan that would ask anything else has another
     */
    public record Plan(String id, PlanReport report) {}

    /** Plans, and spends nothing. */
    public Plan plan(BackfillRequest request) throws IOException {
        Instant asOf = clock.instant();
        String runId = RunIds.of(asOf, Job.PLAN);
        Run run = a(Job.PLAN);
        Progress.Watch watch = run.busy("plan");
        try (LakeKeeper keeper = run.enter(runId);
                LakeKeeper.Tables tables = run.tables(keeper);
                Staging staging = run.staging(runId, tables)) {
            lake.ensure(spark);
            List<String> open = new OpenJournals(spark, lake, run.journal()).notices(tables.otherRuns());
            Night night = night(scope(runId, asOf, staging, tables, request.providers()), where(request))
                    .measured();
            Caps caps = caps(night, request);
            Dataset<Row> planned = night.planned(caps, force(request));
            return new Plan(id(planned), report(night, asOf, planned, caps, open));
        } finally {
            watch.close();
        }
    }

    /**
     * Asks.
     *
     * @param approved the plan that was approved; empty to ask in any case
     * @param cutShort is given the summary of a run that fails or stops, before the exception goes on
     * @throws StoppedException if it refuses to spend anything; the message says why
     */
    public RunSummary run(BackfillRequest request, Optional<String> approved, Consumer<RunSummary> cutShort)
            throws IOException {
        Run run = a(Job.BACKFILL);
        return run.go(Optional.empty(), cutShort, (log, keeper) -> {
            try (LakeKeeper.Tables tables = run.tables(keeper);
                    Staging staging = run.staging(log.runId(), tables)) {
                prepare(run, tables, log);
                RunScope scope = scope(log.runId(), log.asOf(), staging, tables, request.providers());
                Night night = run.step(log, "select", () -> night(scope, where(request)));
                Caps caps = log.time("plan", () -> caps(night, request));
                Dataset<Row> planned = run.step(log, "plan", () -> night.planned(caps, force(request)));
                approved.ifPresent(id -> check(id, planned));
                Dataset<Row> carriedOut = asked(run, log, keeper, tables, night, planned, caps);
                return merged(run, log, keeper, staging, carriedOut, where(request));
            }
        });
    }

    /**
     * Goes on with the work list of the newest run, if that failed, died, was cut short or deferred work.
     *
     * @return empty if there is nothing to go on with
     */
    public Optional<RunSummary> resume(Consumer<RunSummary> cutShort) throws IOException {
        Run run = a(Job.RESUME);
        List<RunSummary> done = new ArrayList<>();
        run.go(Optional.empty(), cutShort, (log, keeper) -> {
            try (LakeKeeper.Tables tables = run.tables(keeper);
                    Staging staging = run.staging(log.runId(), tables)) {
                prepare(run, tables, log);
                Optional<Unfinished> last = Unfinished.newest(spark, lake);
                if (last.isEmpty()) {
                    return log.summary();
                }
                log.note("goes on with run " + last.get().runId());
                Selection selection = last.get().selection(spark, lake);
                RunScope scope = scope(log.runId(), log.asOf(), staging, tables, Set.of());
                Night night = run.step(log, "select", () -> night(scope, selection));
                Caps caps = log.time("plan", () -> night.capsAfter(last.get().runId()));
                Dataset<Row> planned = run.step(log, "plan", () -> night.planned(caps));
                Dataset<Row> carriedOut = asked(run, log, keeper, tables, night, planned, caps);
                RunSummary summary = merged(run, log, keeper, staging, carriedOut, selection);
                done.add(summary);
                return summary;
            }
        });
        return done.stream().findFirst();
    }

    private Run a(Job job) {
        return new Run(job, settings, spark, clock, progress, say, stop);
    }

    private void prepare(Run run, LakeKeeper.Tables tables, RunLog log) throws IOException {
        wiring.checkKeys().forEach(say);
        lake.ensure(spark);
        run.recover(tables, log);
    }

    private Dataset<Row> asked(
            Run run,
            RunLog log,
            LakeKeeper keeper,
            LakeKeeper.Tables tables,
            Night night,
            Dataset<Row> planned,
            Caps caps)
            throws IOException {
        log.planned(planned);
        say.accept(report(night, log.asOf(), planned, caps, List.of()).text());
        run.step(log, "commit", () -> night.commitPlan(planned, log));
        run.reserve(keeper, planned, caps);
        // Others may write while this run calls.
        tables.giveBack();
        return run.ask(log, keeper, night, planned, caps);
    }

    /** A night may have brought the CRM up to date meanwhile: the records are looked up again. */
    private RunSummary merged(
            Run run, RunLog log, LakeKeeper keeper, Staging staging, Dataset<Row> carriedOut, Selection selection)
            throws IOException {
        try (LakeKeeper.Tables tables = run.tables(keeper)) {
            run.harvest(tables, log);
            RunScope scope = scope(log.runId(), log.asOf(), staging, tables, Set.of());
            run.step(log, "merge", () -> night(scope, selection).merge(carriedOut, log));
            return run.done(keeper, log);
        }
    }

    private RunScope scope(
            String runId, Instant asOf, Staging staging, LakeKeeper.Tables tables, Set<String> providers) {
        ShippedCatalog catalog = providers.isEmpty() ? wiring.catalog() : wiring.catalog(providers);
        return new RunScope(settings, spark, lake, catalog, runId, asOf, staging, tables.others());
    }

    private Night night(RunScope scope, Selection selection) {
        return new Night(scope, nothing(), List.of(), selection);
    }

    private PlanReport report(Night night, Instant asOf, Dataset<Row> planned, Caps caps, List<String> notices) {
        return PlanReport.of(asOf, nothing(), planned, wiring.catalog(), settings.prices(), caps, notices)
                .with(night.foretold(planned));
    }

    private ReadResult nothing() {
        return new ReadResult(
                spark.createDataFrame(List.of(), ExtractRows.SCHEMA),
                spark.createDataFrame(List.of(), RejectRows.SCHEMA),
                List.of(),
                List.of(),
                List.of());
    }

    private static ForceRefresh force(BackfillRequest request) {
        return request.force() ? ForceRefresh.ALL : ForceRefresh.NONE;
    }

    private static Caps caps(Night night, BackfillRequest request) {
        Caps caps = night.caps();
        return request.maxCredits().isPresent()
                ? caps.and(new Caps.Cap(
                        "--max-credits", Optional.empty(), request.maxCredits().getAsDouble(), 0))
                : caps;
    }

    private static void check(String approved, Dataset<Row> planned) {
        String now = id(planned);
        if (!now.equals(approved)) {
            throw new StoppedException("the plan is no longer the one that was approved (" + approved + "): it is "
                    + now + " now. Look at it again, and approve that");
        }
    }

    /** The same for the same asks, in any order. */
    private static String id(Dataset<Row> planned) {
        String asks = List.of(planned.columns()).contains("wanted") ? "asks, wanted" : "asks";
        Row row = planned.where(col("decision").isin("WORK", "DEFERRED"))
                .agg(count(lit(1)), bit_xor(expr("xxhash64(lookup_key, decision, to_json(struct(" + asks + ")))")))
                .first();
        return String.format("%016x-%d", row.isNullAt(1) ? 0 : row.getLong(1), row.getLong(0));
    }

    /** The records of the golden tables that the request selects, by their ids. */
    private Selection where(BackfillRequest request) {
        return (entity, records) -> {
            if (!request.entities().contains(entity)) {
                return records.where(lit(false));
            }
            Dataset<Row> ids = selected(request, entity)
                    .select(
                            col("_crm_source").as("source"),
                            col("_crm_object").as("object"),
                            col("_crm_id").as("record_id"));
            return records.join(ids, new String[] {"source", "object", "record_id"}, "left_semi");
        };
    }

    private Dataset<Row> selected(BackfillRequest request, EntityKind entity) {
        Dataset<Row> golden = lake.golden(entity).read(spark);
        Column since = request.since()
                .map(from -> col("_extracted_at").geq(Timestamp.from(from)))
                .orElse(lit(true));
        try {
            return golden.where(request.where().orElse("true")).where(since);
        } catch (Exception e) {
            // Spark's analysis fails with what Java would call a checked exception, and declares none.
            throw unusable(request, entity, e);
        }
    }

    private static RuntimeException unusable(BackfillRequest request, EntityKind entity, Exception fault) {
        if (fault instanceof AnalysisException) {
            String what = String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
            return new StoppedException("--where " + request.where().orElse("") + ": " + what
                    + " (in the golden table of " + (entity == EntityKind.PERSON ? "contacts" : "accounts")
                    + "; --of says which tables are meant)");
        }
        return fault instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(fault);
    }
}
