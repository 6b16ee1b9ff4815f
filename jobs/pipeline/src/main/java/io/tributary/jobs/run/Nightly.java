package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.col;

import io.tributary.coordinator.Claim;
import io.tributary.jobs.StopRequest;
import io.tributary.jobs.StoppedException;
import io.tributary.jobs.ask.AskPlan;
import io.tributary.jobs.ask.AskStep;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.ask.QuotaLedger;
import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.golden.GoldenStep;
import io.tributary.jobs.harvest.HarvestStep;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.plan.LaterRounds;
import io.tributary.jobs.read.ExtractLedger;
import io.tributary.jobs.read.ExtractRefusedException;
import io.tributary.jobs.read.ReadOptions;
import io.tributary.jobs.read.ReadResult;
import io.tributary.jobs.read.ReadStep;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.store.Commits;
import io.tributary.jobs.store.StoredEntries;
import io.tributary.jobs.table.Lake;
import io.tributary.model.EntityKind;
import io.tributary.quota.Caps;
import io.tributary.settings.Settings;
import io.tributary.yaml.FaultsException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The nightly job: the steps in order, beginning with the harvest of whatever a dead run left behind. Each step reads only
 * what an earlier one committed, so a run that dies anywhere is continued by starting the next.
 */
public final class Nightly {
    /** Among runs that share a quota: before a backfill, which can wait. */
    private static final int PRIORITY = 10;

    private final Settings settings;
    private final Wiring wiring;
    private final SparkSession spark;
    private final Clock clock;
    private final Progress progress;
    private final SparkTasks tasks;
    private final Consumer<String> say;
    private final Lake lake;
    private final ShippedCatalog catalog;
    private final StopRequest stop;

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
        this.stop = stop;
        this.settings = settings;
        this.wiring = new Wiring(settings);
        this.spark = spark;
        this.clock = clock;
        this.progress = progress;
        this.tasks = new SparkTasks(spark);
        this.say = say;
        this.lake = wiring.lake();
        this.catalog = wiring.catalog();
    }

    /** Reads and plans, and spends nothing. Nothing is written but tables that do not exist yet. */
    @SuppressWarnings("try") // the lock is held, not used
    public PlanReport plan(RunOptions options) throws IOException {
        Instant asOf = options.asOf().orElseGet(clock::instant);
        String runId = RunIds.of(clock.instant());
        Progress.Watch watch = progress.busy("plan", tasks::now);
        try (LockKeeper lock = lock(runId);
                Staging staging = new Staging(spark, settings.lake().files())) {
            lake.ensure(spark);
            try (ReadResult read = read(options)) {
                read.notices().forEach(say);
                List<String> open = new OpenJournals(spark, lake, journal()).notices();
                Night night = night(runId, asOf, read, staging);
                Caps caps = night.caps();
                return PlanReport.of(asOf, read, night.planned(caps), catalog, settings.prices(), caps, open);
            }
        } finally {
            watch.close();
        }
    }

    /**
     * Runs the night. Its row in {@code runs} is written however it ends. When it is asked to stop, nothing more is asked, what was
     * answered is in the journal for the next night to harvest, and the rest is deferred.
     *
     * @param cutShort is given the summary of a run that fails or stops, before the exception goes on
     * @throws StoppedException if it refuses to spend anything; the message says why
     * @throws LakeBusyException if another run is alive on this lake, or took it from this one
     */
    public RunSummary run(RunOptions options, Consumer<RunSummary> cutShort) throws IOException {
        Instant started = clock.instant();
        AtomicReference<Runnable> permission = new AtomicReference<>(() -> {});
        RunLog log = new RunLog(RunIds.of(started), options.asOf().orElse(started), started, clock, () -> {
            permission.get().run();
            if (stop.isMade()) {
                throw new CancellationException("the run was asked to stop");
            }
        });
        log.prices(settings.prices());
        try {
            return run(options, log, permission);
        } catch (ExtractRefusedException e) {
            StoppedException stopped = new StoppedException(e.getMessage());
            cutShort.accept(record(log.stopped(stopped.getMessage()), stopped));
            throw stopped;
        } catch (StoppedException | LakeBusyException | FaultsException e) {
            cutShort.accept(record(log.stopped(e.getMessage()), e));
            throw e;
        } catch (RuntimeException | IOException e) {
            if (stop.isMade()) {
                // If its row is there already, it had done all, and that stands.
                RunSummary summary = log.cutShort();
                RunsLedger.add(spark, lake, summary);
                return summary;
            }
            cutShort.accept(record(log.failed(e), e));
            throw e;
        }
    }

    /** Runs the night; who wants to know of one that is cut short looks into {@code runs}. */
    public RunSummary run(RunOptions options) throws IOException {
        return run(options, summary -> {});
    }

    /** A ledger that can't be written must not hide why the run ended. */
    private RunSummary record(RunSummary summary, Exception why) {
        try {
            if (lake.runs().exists(spark)) {
                // Put, not added: what failed may be a step after the row was written.
                RunsLedger.put(spark, lake, summary);
            }
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        }
        return summary;
    }

    @SuppressWarnings("try") // the staging is closed, not used
    private RunSummary run(RunOptions options, RunLog log, AtomicReference<Runnable> permission) throws IOException {
        wiring.checkKeys().forEach(say);
        Instant started = log.started();
        Instant asOf = log.asOf();
        String runId = log.runId();
        AskPlan askPlan = wiring.askPlan(runId, catalog, spark, Duration.between(started, asOf));
        try (LockKeeper lock = lock(runId);
                Staging staging = new Staging(spark, settings.lake().files())) {
            permission.set(lock::check);
            lake.ensure(spark);
            Commits.warning(hadoop(), lake.places(spark)).ifPresent(log::note);
            HarvestStep harvest =
                    new HarvestStep(spark, lake, journal(), settings.limits().buckets());
            step(log, "recover", () -> recover(harvest, runId, log));
            try (ReadResult read = step(log, "read", () -> read(options))) {
                read.notices().forEach(log::note);
                Night night = step(log, "read", () -> night(runId, asOf, read, staging));
                Caps caps = log.time("plan", night::caps);
                Dataset<Row> planned = step(log, "plan", () -> night.planned(caps));
                log.planned(planned);
                say.accept(PlanReport.of(asOf, read, planned, catalog, settings.prices(), caps, List.of())
                        .text());
                step(log, "commit", () -> night.commitPlan(planned, log));
                Optional<LaterRounds> later = night.laterRounds(planned, caps);
                AskStep.Result asked = log.time("call", () -> new AskStep(spark, lake, Optional.of(ledger(runId)), stop)
                        .run(askPlan, later, progress, log::note));
                Dataset<Row> carriedOut = later.map(LaterRounds::carriedOut).orElse(planned);
                log.rounds(asked.rounds(), carriedOut);
                later.ifPresent(rounds -> caps.binding().stream()
                        .filter(cap -> BudgetUse.leavesWork(cap, asked.spent(), rounds.stillWanted()))
                        .forEach(cap -> log.note(BudgetUse.usedUp(cap, asked.spent()))));
                log.open(asked.open());
                log.keys(asked.keys());
                log.quotas(asked.quotas());
                log.accounts(asked.accounts());
                step(log, "harvest", () -> {
                    HarvestStep.Result harvested = harvest.run("tributary-harvest-" + runId, clock.instant());
                    harvested.torn().stream()
                            .filter(torn -> torn.startsWith(runId + "/"))
                            .forEach(torn -> log.note("torn journal segment " + torn));
                    log.tried(harvested.tried(), catalog::worstCredits);
                    return null;
                });
                log.answers(lake.history().read(spark).where(col("run_id").equalTo(runId)), catalog::worstCredits);
                step(log, "merge", () -> {
                    night.merge(carriedOut, log);
                    return null;
                });
                RunSummary summary = log.summary("nightly");
                lock.check();
                RunsLedger.add(spark, lake, summary);
                // Last: a run that dies before may be started again with the same extracts.
                new ExtractLedger(spark, lake.extracts())
                        .add(runId, asOf, read.extracts(), "tributary-extracts-" + runId, 1);
                return summary;
            }
        }
    }

    /** A step of which nobody knows how long it takes; the calls show their own progress. */
    @SuppressWarnings("try") // the way out is held, not used
    private <T> T step(RunLog log, String name, RunLog.Step<T> action) throws IOException {
        Progress.Watch watch = progress.busy(name, tasks::now);
        try (StopRequest.Begun working = stop.during(() -> spark.sparkContext().cancelAllJobs())) {
            return log.time(name, action);
        } finally {
            watch.close();
        }
    }

    private Night night(String runId, Instant asOf, ReadResult read, Staging staging) {
        return new Night(settings, spark, lake, catalog, runId, asOf, read, staging);
    }

    private HadoopJournalStore journal() throws IOException {
        return new HadoopJournalStore(
                spark.sparkContext().hadoopConfiguration(), settings.journal().path());
    }

    private QuotaLedger ledger(String runId) throws IOException {
        Map<String, String> accounts = new HashMap<>();
        settings.providers().forEach((name, provider) -> accounts.put(name, provider.account()));
        return new QuotaLedger(
                new StoredEntries(hadoop(), new Path(settings.sharing().ledger(), "entries")),
                runId,
                new Claim(PRIORITY, settings.sharing().weight()),
                accounts,
                clock);
    }

    private Configuration hadoop() {
        return StoredEntries.settings(
                spark.sparkContext().hadoopConfiguration(), spark.sparkContext().getConf());
    }

    private LockKeeper lock(String runId) throws IOException {
        return LockKeeper.take(spark.sparkContext(), new Path(settings.lake().files(), "_tributary"), runId, clock);
    }

    private Void recover(HarvestStep harvest, String runId, RunLog log) throws IOException {
        DeadRuns dead = new DeadRuns(spark, lake, catalog, settings.prices(), clock);
        HarvestStep.Result left =
                harvest.run("tributary-recover-" + runId, clock.instant(), found -> dead.record(found, runId));
        if (left.answers() > 0) {
            log.note(left.answers() + " answers of earlier runs (" + String.join(", ", left.runs())
                    + ") were still in the journal; they are in history now and are not asked again");
        }
        left.torn().forEach(torn -> log.note("torn journal segment " + torn));
        return null;
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
