package io.tributary.jobs.run;

import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.report.SummedRuns;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A backfill under way: how far it is, and what its runs came to. For one thread. */
final class Chunks {
    private final OpenBackfills kept;
    private final Consumer<RunSummary> cutShort;
    private final List<RunSummary> runs = new ArrayList<>();
    private Optional<OpenBackfill> open = Optional.empty();
    private int begun;
    private long before;
    private Instant since;

    /** @param cutShort is given the sum of all when a run fails or stops */
    Chunks(OpenBackfills kept, Consumer<RunSummary> cutShort) {
        this.kept = kept;
        this.cutShort = cutShort;
    }

    /** What there is to do. */
    void found(OpenBackfill backfill, Instant now) {
        open = Optional.of(backfill);
        before = backfill.keysBefore();
        since = now;
    }

    /** It has come further by others. */
    void now(OpenBackfill further) {
        open = Optional.of(further);
    }

    /** How far it is; empty as long as nobody knows what there is to do. */
    Optional<OpenBackfill> open() {
        return open;
    }

    /** The next chunk's name; empty if there is only one or nobody knows. */
    String name() {
        return open.filter(backfill -> !backfill.isThrough())
                .map(ChunkProgress::name)
                .orElse("");
    }

    /** How far it is, for a person. */
    String line(Instant now) {
        return ChunkProgress.line(open.orElseThrow(), before, Duration.between(since, now));
    }

    /** A run is about to ask for the chunks up to this one. */
    void begin(String runId, int last) throws IOException {
        OpenBackfill asked = open.orElseThrow().askedBy(runId);
        kept.put(asked);
        open = Optional.of(asked);
        begun = last;
    }

    /** The chunks up to this one are in the tables. */
    void done(int last, boolean deferring) throws IOException {
        OpenBackfill after = open.orElseThrow().done(last, deferring);
        kept.put(after);
        open = Optional.of(after);
    }

    void add(RunSummary run) {
        runs.add(run);
    }

    void cut(RunSummary run) {
        runs.add(run);
        cutShort.accept(sum());
    }

    /** All runs so far as one. */
    RunSummary sum() {
        long left = open.map(backfill -> Math.max(0, backfill.keys() - (long) begun * backfill.size()))
                .orElse(0L);
        return SummedRuns.of(open.map(OpenBackfill::id).orElse(""), runs, left);
    }
}
