package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.col;

import io.tributary.coordinator.Claim;
import io.tributary.identity.Options;
import io.tributary.jobs.StopRequest;
import io.tributary.jobs.StoppedException;
import io.tributary.jobs.ask.AskPlan;
import io.tributary.jobs.ask.AskStep;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.ask.QuotaLedger;
import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.drift.DriftStep;
import io.tributary.jobs.harvest.HarvestStep;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.plan.LaterRounds;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.store.StoredEntries;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.NewerLakeException;
import io.tributary.quota.Caps;
import io.tributary.settings.Settings;
import io.tributary.yaml.FaultsException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
 * What all kinds of runs do alike: they come to the lake, take steps of which each reads only what an earlier one committed,
 * and leave a row in {@code runs} however they end. For one thread.
 */
final class Run {
    /** A run's own steps. */
    interface Body {
        RunSummary work(RunLog log, LakeKeeper keeper) throws IOException;
    }

    private final Job job;
    private final Settings settings;
    private final Wiring wiring;
    private final SparkSession spark;
    private final Clock clock;
    private final Progress progress;
    private final SparkTasks tasks;
    private final Consumer<String> say;
    private final StopRequest stop;
    private final Lake lake;
    private final ShippedCatalog catalog;

    /**
     * @param clock the wall clock
     * @param say takes what a person should read while the run goes on
     * @param stop ends the run soon and in order: see {@link #go}
     */
    Run(
            Job job,
            Settings settings,
            SparkSession spark,
            Clock clock,
            Progress progress,
            Consumer<String> say,
            StopRequest stop) {
        this.job = job;
        this.settings = settings;
        this.wiring = new Wiring(settings);
        this.spark = spark;
        this.clock = clock;
        this.progress = progress;
        this.tasks = new SparkTasks(spark);
        this.say = say;
        this.stop = stop;
        this.lake = wiring.lake();
        this.catalog = wiring.catalog();
    }

    /**
     * Carries a run out. When it is asked to stop, nothing more is asked, what was answered is in the journal for the next run to
     * harvest, and the rest is deferred.
     *
     * @param asOf where its clock starts; empty for now
     * @param cutShort is given the summary of a run that fails or stops, before the exception goes on
     * @throws StoppedException if it refuses to spend anything; the message says why
     * @throws LakeBusyException if the lake is refused to it, or it was taken for dead
     */
    RunSummary go(Optional<Instant> asOf, Consumer<RunSummary> cutShort, Body body) throws IOException {
        Instant started = clock.instant();
        AtomicReference<Runnable> permission = new AtomicReference<>(() -> {});
        RunLog log = new RunLog(RunIds.of(started, job), asOf.orElse(started), started, clock, () -> {
            permission.get().run();
            if (stop.isMade()) {
                throw new CancellationException("the run was asked to stop");
            }
        });
        log.prices(settings.prices());
        try (LakeKeeper keeper = entered(log, cutShort)) {
            permission.set(keeper::check);
            return worked(log, keeper, cutShort, body);
        }
    }

    private LakeKeeper entered(RunLog log, Consumer<RunSummary> cutShort) throws IOException {
        try {
            return enter(log.runId());
        } catch (LakeBusyException e) {
            cutShort.accept(log.stopped(e.getMessage()));
            throw e;
        }
    }

    private RunSummary worked(RunLog log, LakeKeeper keeper, Consumer<RunSummary> cutShort, Body body)
            throws IOException {
        try {
            return body.work(log, keeper);
        } catch (NewerLakeException e) {
            // Not even its row.
            cutShort.accept(log.stopped(e.getMessage()));
            throw e;
        } catch (StoppedException | LakeBusyException | FaultsException e) {
            cutShort.accept(record(keeper, log.stopped(e.getMessage()), e));
            throw e;
        } catch (RuntimeException | IOException e) {
            if (stop.isMade()) {
                // If its row is there already, it had done all, and that stands.
                RunSummary summary = log.cutShort();
                if (!keeper.ifFree(() -> RunsLedger.add(spark, lake, summary))) {
                    say.accept("another run writes to the tables of this lake: the next run writes this one's row");
                }
                return summary;
            }
            cutShort.accept(record(keeper, log.failed(e), e));
            throw e;
        }
    }

    /**
     * A ledger that can't be written must not hide why the run ended; and whoever finds a dead run's journal writes its row.
     */
    private RunSummary record(LakeKeeper keeper, RunSummary summary, Exception why) {
        try {
            keeper.ifFree(() -> {
                if (lake.runs().exists(spark)) {
                    // Put, not added: what failed may be a step after the row was written.
                    RunsLedger.put(spark, lake, summary);
                }
            });
        } catch (RuntimeException | IOException e) {
            why.addSuppressed(e);
        }
        return summary;
    }

    /** @throws NewerLakeException if a newer version has worked on the lake; then it is left as it is */
    LakeKeeper enter(String runId) throws IOException {
        lake.refuseNewer(spark);
        return LakeKeeper.enter(
                spark.sparkContext(), new Path(settings.lake().files(), "_tributary"), runId, job, clock);
    }

    LakeKeeper.Tables tables(LakeKeeper keeper) throws IOException {
        return keeper.tables(say, stop);
    }

    Staging staging(String runId, LakeKeeper.Tables tables) throws IOException {
        return new Staging(spark, settings.lake().files(), runId, tables.otherRuns());
    }

    /** A step of which nobody knows how long it takes; the calls show their own progress. */
    @SuppressWarnings("try") // the way out is held, not used
    <T> T step(RunLog log, String name, RunLog.Step<T> action) throws IOException {
        Progress.Watch watch = busy(name);
        try (StopRequest.Begun working = stop.during(() -> spark.sparkContext().cancelAllJobs())) {
            return log.time(name, action);
        } finally {
            watch.close();
        }
    }

    Progress.Watch busy(String name) {
        return progress.busy(name, tasks::now);
    }

    /** Brings into history what dead runs paid for. */
    void recover(LakeKeeper.Tables tables, RunLog log) throws IOException {
        step(log, "recover", () -> {
            DeadRuns dead = new DeadRuns(spark, lake, catalog, settings.prices(), clock);
            HarvestStep.Result left = harvest()
                    .run(tables.fence(), tables.otherRuns(), clock.instant(), found -> dead.record(found, log.runId()));
            if (left.answers() > 0) {
                log.note(left.answers() + " answers of earlier runs (" + String.join(", ", left.runs())
                        + ") were still in the journal; they are in history now and are not asked again");
            }
            left.torn().forEach(torn -> log.note("torn journal segment " + torn));
            drift(left.runs(), log);
            return null;
        });
    }

    /**
     * Asks for what was planned and committed. The tables are not this run's meanwhile.
     *
     * @return all that was decided, later rounds of the budget included
     */
    Dataset<Row> ask(RunLog log, LakeKeeper keeper, Night night, Dataset<Row> planned, Caps caps) throws IOException {
        AskPlan plan = wiring.askPlan(log.runId(), night.catalog(), spark, Duration.between(log.started(), log.asOf()));
        Optional<LaterRounds> later = night.laterRounds(planned, caps, action -> keeper.writing(action, say, stop));
        AskStep step = new AskStep(
                spark, lake, Optional.of(ledger(log.runId())), keeper::stands, stop, Optional.of(night::stageWhole));
        AskStep.Result asked = log.time("call", () -> step.run(plan, later, progress, log::note));
        Dataset<Row> carriedOut = later.map(LaterRounds::carriedOut).orElse(planned);
        log.rounds(asked.rounds(), carriedOut);
        later.ifPresent(rounds -> caps.binding().stream()
                .filter(cap -> BudgetUse.leavesWork(cap, asked.spent(), rounds.stillWanted()))
                .forEach(cap -> log.note(BudgetUse.usedUp(cap, asked.spent()))));
        log.open(asked.open());
        log.keys(asked.keys());
        log.quotas(asked.quotas());
        log.accounts(asked.accounts());
        return carriedOut;
    }

    /** Brings into history what this run paid for. */
    void harvest(LakeKeeper.Tables tables, RunLog log) throws IOException {
        step(log, "harvest", () -> {
            HarvestStep.Result harvested =
                    harvest().run(tables.fence(), tables.otherRuns(), clock.instant(), found -> {});
            harvested.torn().stream()
                    .filter(torn -> torn.startsWith(log.runId() + "/"))
                    .forEach(torn -> log.note("torn journal segment " + torn));
            log.tried(harvested.tried(), catalog::worstCredits);
            drift(harvested.runs(), log);
            return null;
        });
        log.answers(lake.history().read(spark).where(col("run_id").equalTo(log.runId())), catalog::worstCredits);
    }

    /** Tells what new answers have that none had before. What can't be told is no reason to lose them. */
    private void drift(List<String> runs, RunLog log) {
        try {
            new DriftStep(spark, lake).run(runs).forEach(drift -> log.note(drift.sentence()));
        } catch (RuntimeException e) {
            if (stop.isMade()) {
                throw e;
            }
            log.note("the fields of new answers could not be compared with those of earlier ones ("
                    + e.getClass().getSimpleName() + "); the answers are in history");
        }
    }

    /** The end of a run that did all. */
    RunSummary done(LakeKeeper keeper, RunLog log) {
        RunSummary summary = log.summary();
        keeper.check();
        RunsLedger.add(spark, lake, summary);
        return summary;
    }

    /** Runs that plan meanwhile leave to this one what it may spend. */
    void reserve(LakeKeeper keeper, Dataset<Row> planned, Caps caps) throws IOException {
        Map<String, Double> reserves = Night.reserves(planned, caps);
        double all = reserves.values().stream().mapToDouble(Double::doubleValue).sum();
        double inAll = caps.binding().stream()
                .filter(cap -> cap.provider().isEmpty())
                .mapToDouble(Caps.Cap::left)
                .min()
                .orElse(all);
        keeper.reserve(reserves, Math.min(all, inAll));
    }

    private HarvestStep harvest() throws IOException {
        return new HarvestStep(
                spark, lake, journal(), settings.limits().buckets(), new Options(settings.allowTestHosts()));
    }

    HadoopJournalStore journal() throws IOException {
        return new HadoopJournalStore(
                spark.sparkContext().hadoopConfiguration(), settings.journal().path());
    }

    private QuotaLedger ledger(String runId) throws IOException {
        Map<String, String> accounts = new HashMap<>();
        settings.providers().forEach((name, provider) -> accounts.put(name, provider.account()));
        return new QuotaLedger(
                new StoredEntries(hadoop(), new Path(settings.sharing().ledger(), "entries")),
                runId,
                new Claim(job.priority(), settings.sharing().weight()),
                accounts,
                clock);
    }

    Configuration hadoop() {
        return StoredEntries.settings(
                spark.sparkContext().hadoopConfiguration(), spark.sparkContext().getConf());
    }
}
