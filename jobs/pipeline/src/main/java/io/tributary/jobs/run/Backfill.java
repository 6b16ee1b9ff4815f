package io.tributary.jobs.run;

import io.tributary.jobs.StopRequest;
import io.tributary.jobs.StoppedException;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.read.ExtractRows;
import io.tributary.jobs.read.ReadResult;
import io.tributary.jobs.read.RejectRows;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.table.Lake;
import io.tributary.quota.Caps;
import io.tributary.settings.Settings;
import io.tributary.wanted.WantedFields;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Asks about records that are in the golden tables already: those that a condition selects, or those on the work list of a run
 * that did not reach its end. It reads no extract, and works beside a night, which goes first at the providers.
 *
 * <p>A backfill goes chunk by chunk, each a run of its own that plans anew: so what others asked meanwhile is not asked again, it
 * claims no more than a chunk, and what it brought is in the tables early. One that was cut off goes on with {@link #resume}, or
 * with the same command: what was answered is in history.
 */
public final class Backfill {
    private static final BackfillTerms USUAL =
            new BackfillTerms(Set.of(), WantedFields.NOTHING, OptionalDouble.empty(), false);

    private final Settings settings;
    private final Wiring wiring;
    private final SparkSession spark;
    private final Clock clock;
    private final Progress progress;
    private final Consumer<String> say;
    private final StopRequest stop;
    private final Lake lake;
    private final ChunkList list;

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
        this.list = new ChunkList(spark, lake);
    }

    /**
     * A plan to be approved.
     *
     * @param id what to approve it by: a plan that would ask anything else has another
     */
    public record Plan(String id, PlanReport report) {
        /** Whether there is anything to ask. */
        public boolean asks() {
            return report.decisions().getOrDefault("WORK", 0L) > 0;
        }
    }

    /** Plans, and spends nothing. */
    public Plan plan(BackfillRequest request) throws IOException {
        Instant asOf = clock.instant();
        String runId = RunIds.of(asOf, Job.PLAN);
        Run run = a(Job.PLAN, progress);
        Progress.Watch watch = run.busy("plan");
        try (LakeKeeper keeper = run.enter(runId);
                LakeKeeper.Tables tables = run.tables(keeper);
                Staging staging = run.staging(runId, tables)) {
            lake.ensure(spark);
            RunScope scope = scope(runId, asOf, staging, tables, request.terms());
            List<String> notices = new ArrayList<>(WantedNotices.of(scope.catalog()));
            notices.addAll(new OpenJournals(spark, lake, run.journal()).notices(tables.otherRuns()));
            Night night = night(scope, where(request)).measured();
            Caps caps = caps(scope, request.terms(), List.of());
            Dataset<Row> planned = night.planned(caps, force(request.terms(), List.of()));
            long keys = planned.where(ChunkList.toAsk()).count();
            if (keys > request.chunk()) {
                notices.add(String.format(Locale.ROOT, "it is asked in chunks of %,d keys", request.chunk()));
            }
            return new Plan(PlanId.of(planned), report(night, asOf, planned, caps, notices));
        } finally {
            watch.close();
        }
    }

    /**
     * Asks, chunk by chunk. When it is asked to stop, the chunk under way ends as every run does, and none is begun.
     *
     * @param approved the plan that was approved; empty to ask in any case
     * @param cutShort is given the summary of a backfill that fails or stops, before the exception goes on
     * @return what all chunks came to
     * @throws StoppedException if it refuses to spend anything; the message says why
     */
    public RunSummary run(BackfillRequest request, Optional<String> approved, Consumer<RunSummary> cutShort)
            throws IOException {
        BackfillTerms terms = request.terms();
        Chunks chunks = new Chunks(kept(), cutShort);
        Run run = a(Job.BACKFILL, new ChunkProgress(progress, chunks::name));
        chunks.add(run.go(Optional.empty(), chunks::cut, (log, keeper) -> {
            try (LakeKeeper.Tables tables = run.tables(keeper);
                    Staging staging = run.staging(log.runId(), tables)) {
                prepare(run, tables, log);
                RunScope scope = scope(log.runId(), log.asOf(), staging, tables, terms);
                WantedNotices.of(scope.catalog()).forEach(say);
                Night night = run.step(log, "select", () -> night(scope, where(request)));
                Caps caps = log.time("plan", () -> caps(scope, terms, List.of()));
                Dataset<Row> planned = run.step(log, "plan", () -> night.planned(caps, force(terms, List.of())));
                approved.ifPresent(id -> PlanId.check(id, planned));
                say.accept(report(night, log.asOf(), planned, caps, List.of()).text());
                Dataset<Row> first = run.step(log, "commit", () -> listed(request, planned, staging, log, chunks));
                OpenBackfill open = chunks.open().orElseThrow();
                Selection selected = open.chunks() == 1 ? where(request) : list.before(open.id(), 2, where(request));
                Dataset<Row> carriedOut = asked(run, log, keeper, tables, night, first, caps);
                RunSummary summary = merged(run, log, keeper, staging, carriedOut, selected);
                chunks.done(1, summary.count("deferred") > 0);
                return summary;
            }
        }));
        return goOn(chunks);
    }

    /**
     * Writes down what there is to do, before any of it is asked.
     *
     * @return the rows of the plan that the first chunk has to do with
     */
    private Dataset<Row> listed(
            BackfillRequest request, Dataset<Row> planned, Staging staging, RunLog log, Chunks chunks)
            throws IOException {
        String id = RunIds.of(log.started(), Job.BACKFILL);
        Dataset<Row> parted = staging.put("chunks", ChunkList.parted(planned, request.chunk()));
        long keys = parted.where(ChunkList.toAsk()).count();
        list.write(id, parted);
        chunks.found(new OpenBackfill(id, request.terms(), keys, request.chunk(), 1, 0, List.of()), clock.instant());
        chunks.begin(log.runId(), 1);
        if (keys > request.chunk()) {
            say.accept(chunks.line(clock.instant()));
        }
        return parted.where("chunk = 1").drop("chunk");
    }

    /**
     * Goes on with the backfill that was asked for last and is not at its end; or, if another run came later that failed, died,
     * was cut short or deferred work, with that one's work list.
     *
     * @return empty if there is nothing to go on with
     */
    public Optional<RunSummary> resume(Consumer<RunSummary> cutShort) throws IOException {
        Run run = a(Job.RESUME, progress);
        Chunks chunks = new Chunks(kept(), cutShort);
        List<RunSummary> done = new ArrayList<>();
        run.go(Optional.empty(), cutShort, (log, keeper) -> {
            try (LakeKeeper.Tables tables = run.tables(keeper);
                    Staging staging = run.staging(log.runId(), tables)) {
                prepare(run, tables, log);
                Optional<Unfinished> last = Unfinished.newest(spark, lake);
                Optional<OpenBackfill> backfill = kept().newest(tables.otherRuns())
                        .filter(open ->
                                last.filter(night -> isLater(night, open)).isEmpty());
                backfill.ifPresent(open -> chunks.found(open, clock.instant()));
                if (backfill.isPresent() || last.isEmpty()) {
                    return log.summary();
                }
                log.note("goes on with run " + last.get().runId());
                Selection selection = last.get().selection(spark, lake);
                RunScope scope = scope(log.runId(), log.asOf(), staging, tables, USUAL);
                Night night = run.step(log, "select", () -> night(scope, selection));
                Caps caps = log.time("plan", () -> night.capsAfter(last.get().runId()));
                Dataset<Row> planned = run.step(log, "plan", () -> night.planned(caps));
                say.accept(report(night, log.asOf(), planned, caps, List.of()).text());
                Dataset<Row> carriedOut = asked(run, log, keeper, tables, night, planned, caps);
                RunSummary summary = merged(run, log, keeper, staging, carriedOut, selection);
                done.add(summary);
                return summary;
            }
        });
        return chunks.open().isPresent()
                ? Optional.of(goOn(chunks))
                : done.stream().findFirst();
    }

    /** Ids of runs sort by time. */
    private static boolean isLater(Unfinished night, OpenBackfill open) {
        return night.runId().compareTo(OpenBackfills.lastRun(open)) > 0;
    }

    /** Asks what is left, a run for each chunk. */
    private RunSummary goOn(Chunks chunks) throws IOException {
        while (chunks.open().filter(open -> !open.isThrough()).isPresent() && !stop.isMade()) {
            say.accept(chunks.line(clock.instant()));
            chunk(chunks);
        }
        Optional<OpenBackfill> through = chunks.open().filter(OpenBackfill::isThrough);
        if (through.isPresent()) {
            close(through.get());
        }
        return chunks.sum();
    }

    private void chunk(Chunks chunks) throws IOException {
        Run run = a(Job.BACKFILL, new ChunkProgress(progress, chunks::name));
        chunks.add(run.go(Optional.empty(), chunks::cut, (log, keeper) -> {
            try (LakeKeeper.Tables tables = run.tables(keeper);
                    Staging staging = run.staging(log.runId(), tables)) {
                run.recover(tables, log);
                OpenBackfill open = stillLeft(chunks, tables);
                if (open.isThrough()) {
                    return log.summary();
                }
                RunScope scope = scope(log.runId(), log.asOf(), staging, tables, open.terms());
                Caps caps = log.time("plan", () -> caps(scope, open.terms(), open.runs()));
                // Where nothing may be spent any more, what is left is deferred all at once.
                int last = isSpent(caps) ? open.chunks() : open.next();
                Selection selected = list.chunks(open.id(), open.next(), last);
                chunks.begin(log.runId(), last);
                Night night = run.step(log, "select", () -> night(scope, selected));
                Dataset<Row> planned =
                        run.step(log, "plan", () -> night.planned(caps, force(open.terms(), open.runs())));
                Dataset<Row> carriedOut = asked(run, log, keeper, tables, night, planned, caps);
                RunSummary summary = merged(run, log, keeper, staging, carriedOut, selected);
                chunks.done(last, summary.count("deferred") > 0);
                return summary;
            }
        }));
    }

    /** Between two chunks somebody else may have gone on with it, and have spent of its credits. */
    private OpenBackfill stillLeft(Chunks chunks, LakeKeeper.Tables tables) throws IOException {
        String id = chunks.open().orElseThrow().id();
        OpenBackfill open = kept().left(id, tables.otherRuns())
                .orElseThrow(() -> new StoppedException("another process goes on with backfill " + id
                        + ", or has ended it; what is left of it is not asked here"));
        chunks.now(open);
        return open;
    }

    private static boolean isSpent(Caps caps) {
        return caps.binding().stream().anyMatch(cap -> cap.provider().isEmpty() && cap.left() <= 0);
    }

    /** What was deferred may be asked another day, unless all that was approved is spent. */
    private void close(OpenBackfill open) throws IOException {
        boolean spent = open.deferred() > 0
                && open.terms().maxCredits().isPresent()
                && new Spending(settings, spark, lake, wiring.catalog(), List.of()).spentBy(open.runs())
                        >= open.terms().maxCredits().getAsDouble();
        if (open.deferred() == 0 || spent) {
            kept().remove(open.id());
        } else {
            kept().put(open.again());
        }
    }

    private OpenBackfills kept() throws IOException {
        return new OpenBackfills(
                spark.sparkContext().hadoopConfiguration(), settings.lake().files());
    }

    private Run a(Job job, Progress shown) {
        return new Run(job, settings, spark, clock, shown, say, stop);
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
            RunScope scope = scope(log.runId(), log.asOf(), staging, tables, USUAL);
            run.step(log, "merge", () -> night(scope, selection).merge(carriedOut, log));
            return run.done(keeper, log);
        }
    }

    private RunScope scope(String runId, Instant asOf, Staging staging, LakeKeeper.Tables tables, BackfillTerms terms) {
        Set<String> providers =
                terms.providers().isEmpty() ? settings.providers().keySet() : terms.providers();
        ShippedCatalog catalog = wiring.catalog(providers, terms.wants().isEmpty() ? settings.wanted() : terms.wants());
        return new RunScope(settings, spark, lake, catalog, runId, asOf, staging, tables.others());
    }

    private Night night(RunScope scope, Selection selection) {
        return new Night(scope, nothing(), List.of(), selection);
    }

    private Selection where(BackfillRequest request) {
        return new GoldenSelection(spark, lake, request);
    }

    private static Caps caps(RunScope scope, BackfillTerms terms, List<String> earlier) {
        return new Spending(scope.settings(), scope.spark(), scope.lake(), scope.catalog(), scope.others())
                .capsOfAll(earlier, terms.maxCredits(), scope.asOf());
    }

    private static ForceRefresh force(BackfillTerms terms, List<String> earlier) {
        return terms.force() ? ForceRefresh.ALL.after(Set.copyOf(earlier)) : ForceRefresh.NONE;
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
}
