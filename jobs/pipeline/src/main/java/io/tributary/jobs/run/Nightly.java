package io.tributary.jobs.run;

import io.tributary.jobs.StopRequest;
import io.tributary.jobs.StoppedException;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.golden.GoldenStep;
import io.tributary.jobs.read.ExtractLedger;
import io.tributary.jobs.read.ExtractRefusedException;
import io.tributary.jobs.read.ReadOptions;
import io.tributary.jobs.read.ReadResult;
import io.tributary.jobs.read.ReadStep;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.store.Commits;
import io.tributary.jobs.table.Lake;
import io.tributary.model.EntityKind;
import io.tributary.quota.Caps;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The nightly job: the steps in order, beginning with the harvest of whatever a dead run left behind. A run that dies anywhere
 * is continued by starting the next.
 */
public final class Nightly {
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
     */
    public Nightly(Settings settings, SparkSession spark, Clock clock, Progress progress, Consumer<String> say) {
        this(settings, spark, clock, progress, say, new StopRequest());
    }

    /** @param stop ends the night soon and in order: see {@link #run(RunOptions, Consumer)} */
    public Nightly(
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

    private Run a(Job job) {
        return new Run(job, settings, spark, clock, progress, say, stop);
    }

    /** Reads and plans, and spends nothing. Nothing is written but tables that do not exist yet. */
    public PlanReport plan(RunOptions options) throws IOException {
        Instant asOf = options.asOf().orElseGet(clock::instant);
        String runId = RunIds.of(clock.instant(), Job.PLAN);
        Run run = a(Job.PLAN);
        Progress.Watch watch = run.busy("plan");
        try (LakeKeeper keeper = run.enter(runId);
                LakeKeeper.Tables tables = run.tables(keeper);
                Staging staging = run.staging(runId, tables)) {
            lake.ensure(spark);
            try (ReadResult read = read(options)) {
                read.notices().forEach(say);
                WantedNotices.of(wiring.catalog()).forEach(say);
                List<String> open = new OpenJournals(spark, lake, run.journal()).notices(tables.otherRuns());
                Night night = night(options, runId, asOf, read, staging, tables.others())
                        .measured();
                Caps caps = night.caps();
                Dataset<Row> planned = night.planned(caps, options.force());
                return PlanReport.of(
                                asOf,
                                read,
                                planned,
                                night.catalog(),
                                settings.prices(),
                                caps,
                                Stream.concat(open.stream(), night.planNotices().stream())
                                        .toList())
                        .with(night.foretold(planned));
            }
        } finally {
            watch.close();
        }
    }

    /**
     * Counts what the rows would cost in calls, with and without each way to spare some; sends nothing.
     *
     * @param otherHitRate the part of answers that have data, of providers that have no past on this lake
     */
    public CallCounts calls(RunOptions options, double otherHitRate) throws IOException {
        Instant asOf = options.asOf().orElseGet(clock::instant);
        String runId = RunIds.of(clock.instant(), Job.PLAN);
        Run run = a(Job.PLAN);
        try (LakeKeeper keeper = run.enter(runId);
                LakeKeeper.Tables tables = run.tables(keeper);
                Staging staging = run.staging(runId, tables)) {
            lake.ensure(spark);
            try (ReadResult read = read(options)) {
                RunScope scope = scope(runId, asOf, staging, List.of());
                return new Night(scope, read, settings.sources(), Selection.ALL).calls(otherHitRate);
            }
        }
    }

    /**
     * Runs the night. Its row in {@code runs} is written however it ends, unless the lake was refused to it. When it is asked
     * to stop, nothing more is asked, what was answered is in the journal for the next night to harvest, and the rest is
     * deferred.
     *
     * @param cutShort is given the summary of a run that fails or stops, before the exception goes on
     * @throws StoppedException if it refuses to spend anything; the message says why
     * @throws LakeBusyException if another night is at work on this lake, or this run was taken for dead
     */
    public RunSummary run(RunOptions options, Consumer<RunSummary> cutShort) throws IOException {
        Run run = a(Job.NIGHTLY);
        return run.go(options.asOf(), cutShort, (log, keeper) -> run(run, options, log, keeper));
    }

    /** Runs the night; who wants to know of one that is cut short looks into {@code runs}. */
    public RunSummary run(RunOptions options) throws IOException {
        return run(options, summary -> {});
    }

    private RunSummary run(Run run, RunOptions options, RunLog log, LakeKeeper keeper) throws IOException {
        wiring.checkKeys().forEach(say);
        WantedNotices.of(wiring.catalog()).forEach(say);
        Instant asOf = log.asOf();
        try (LakeKeeper.Tables tables = run.tables(keeper);
                Staging staging = run.staging(log.runId(), tables)) {
            lake.ensure(spark);
            Commits.warning(run.hadoop(), lake.places(spark)).ifPresent(log::note);
            run.recover(tables, log);
            try (ReadResult read = run.step(log, "read", () -> read(options))) {
                read.notices().forEach(log::note);
                Night night =
                        run.step(log, "read", () -> night(options, log.runId(), asOf, read, staging, tables.others()));
                Caps caps = log.time("plan", night::caps);
                Dataset<Row> planned = run.step(log, "plan", () -> night.planned(caps, options.force()));
                log.planned(planned);
                say.accept(PlanReport.of(asOf, read, planned, night.catalog(), settings.prices(), caps, List.of())
                        .with(night.foretold(planned))
                        .text());
                run.step(log, "commit", () -> night.commitPlan(planned, log));
                run.reserve(keeper, planned, caps);
                // Others may write while this run calls.
                tables.giveBack();
                Dataset<Row> carriedOut = run.ask(log, keeper, night, planned, caps);
                try (LakeKeeper.Tables again = run.tables(keeper)) {
                    run.harvest(again, log);
                    run.step(log, "merge", () -> night.merge(carriedOut, log));
                    RunSummary summary = run.done(keeper, log);
                    // Last: a run that dies before may be started again with the same extracts.
                    new ExtractLedger(spark, lake.extracts())
                            .add(log.runId(), asOf, read.extracts(), "tributary-extracts-" + log.runId(), 1);
                    return summary;
                }
            }
        } catch (ExtractRefusedException e) {
            throw new StoppedException(e.getMessage());
        }
    }

    private Night night(
            RunOptions options, String runId, Instant asOf, ReadResult read, Staging staging, List<LivingRun> others) {
        RunScope scope = scope(runId, asOf, staging, others);
        return new Night(scope, read, settings.sources(), new Looking(scope, wiring, options));
    }

    private RunScope scope(String runId, Instant asOf, Staging staging, List<LivingRun> others) {
        return new RunScope(settings, spark, lake, wiring.catalog(), runId, asOf, staging, others);
    }

    private ReadResult read(RunOptions options) {
        Map<EntityKind, Map<String, String>> types = new EnumMap<>(EntityKind.class);
        GoldenStep golden = new GoldenStep(spark, lake);
        for (EntityKind entity : EntityKind.values()) {
            types.put(entity, golden.columnTypes(entity));
        }
        try {
            return new ReadStep(
                            spark,
                            new ReadOptions(
                                    options.interval(),
                                    settings.allowTestHosts(),
                                    new ExtractLedger(spark, lake.extracts()).read(settings.sources()),
                                    types,
                                    Optional.of(lake.golden(EntityKind.COMPANY).read(spark))))
                    .run(settings.sources());
        } catch (ExtractRefusedException e) {
            throw new StoppedException(e.getMessage());
        }
    }
}
