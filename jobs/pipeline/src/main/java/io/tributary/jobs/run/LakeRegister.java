package io.tributary.jobs.run;

import io.tributary.jobs.store.Entries;
import io.tributary.jobs.store.StoredEntries;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Who is at work on a lake, and who of them writes to its tables: a log of numbered entries, each of which holds the whole {@link
 * LakeState} and follows from the one before. Of two runs that go on from the same entry only one can write the next, and
 * the other looks again; so a run finds out whenever it was taken for dead. Dead is a run whose process is gone from this
 * machine, or that gave no sign for {@link LivingRun#STALE}. Thread-safe.
 */
public final class LakeRegister implements AutoCloseable {
    private static final int TRIES = 50;
    /** Entries that stay: Delta's stores look at the one before. */
    private static final int KEPT = 3;

    private final Entries entries;
    private final String runId;
    private final Clock clock;

    private LakeRegister(Entries entries, String runId, Clock clock) {
        this.entries = entries;
        this.runId = runId;
        this.clock = clock;
    }

    /** A step from one state to the next; taken twice, it must lead no further than once. */
    private interface Step {
        /** Returns the same state for no change. */
        LakeState from(LakeState state, Instant now) throws IOException;
    }

    /**
     * A run comes to work on a lake.
     *
     * @param directory where the lake keeps its own files
     * @throws LakeBusyException if another run of this kind is alive on this lake, and there may be one only; its message
     *     names it and how to clear it
     */
    public static LakeRegister enter(Configuration hadoop, Path directory, String runId, Job job, Clock clock)
            throws IOException {
        return enter(entries(hadoop, directory), runId, job, clock);
    }

    static LakeRegister enter(Entries entries, String runId, Job job, Clock clock) throws IOException {
        LakeRegister register = new LakeRegister(entries, runId, clock);
        DriverProcess driver = DriverProcess.current();
        register.change((state, now) -> {
            if (state.run(runId).filter(run -> run.process().equals(driver)).isPresent()) {
                // Written before, and followed by another run's entry before this one could look.
                return state;
            }
            Optional<LivingRun> other = state.runs().stream()
                    .filter(run -> run.runId().equals(runId)
                            || job.isAlone() && run.job().equals(job.id()))
                    .findFirst();
            if (other.isPresent()) {
                throw new LakeBusyException(
                        other.get().words() + " is at work on this lake. Wait for it, or if it is dead:"
                                + " tributary unlock --run " + other.get().runId());
            }
            return state.with(new LivingRun(runId, job.id(), driver, now, Map.of(), 0));
        });
        return register;
    }

    /**
     * Strikes out a dead run. Should it be alive after all, it stops when it next shows itself.
     *
     * @return whether there was such a run
     */
    public static boolean clear(Configuration hadoop, Path directory, String runId) throws IOException {
        LakeRegister register = new LakeRegister(entries(hadoop, directory), runId, Clock.systemUTC());
        if (register.last().run(runId).isEmpty()) {
            return false;
        }
        register.change((state, now) -> state.without(runId));
        return true;
    }

    private static Entries entries(Configuration hadoop, Path directory) throws IOException {
        return new StoredEntries(hadoop, new Path(directory, "lock/entries"));
    }

    /**
     * Shows that the run is alive; to be called more often than {@link LivingRun#STALE}.
     *
     * @throws LakeBusyException if the run was taken for dead, or cleared by a person
     */
    public void renew() throws IOException {
        change((state, now) -> mine(state).changing(runId, run -> run.seen(now)));
    }

    /**
     * Takes the tables, if no other run has them.
     *
     * @return the run that has them; empty if they are this run's now
     * @throws LakeBusyException if the run was taken for dead
     */
    Optional<LivingRun> takeTables() throws IOException {
        LakeState after = change((state, now) -> {
            LakeState alive = mine(state).changing(runId, run -> run.seen(now));
            return alive.writer().isEmpty() ? alive.writtenBy(runId, now) : alive;
        });
        return after.writing().filter(writer -> !writer.runId().equals(runId));
    }

    /** Gives the tables back; they need not be this run's any more. */
    void giveTablesBack() throws IOException {
        change((state, now) -> state.givenBackBy(runId));
    }

    /** Says what the run may spend, so that runs that plan meanwhile leave it to it. */
    void reserve(Map<String, Double> credits, double inAll) throws IOException {
        change((state, now) -> mine(state).changing(runId, run -> run.reserving(credits, inAll)));
    }

    /** The state as this run sees it: without the dead. */
    LakeState state() throws IOException {
        return last().without(run -> isDead(run, clock.instant()));
    }

    private LakeState last() throws IOException {
        for (int tries = 0; tries < TRIES; tries++) {
            try {
                return state(entries.last());
            } catch (FileNotFoundException prunedMeanwhile) {
                continue;
            }
        }
        throw new IOException("who is at work on this lake changes too fast to be read");
    }

    /** The other runs that are alive. */
    List<LivingRun> others() throws IOException {
        return state().runs().stream().filter(run -> !run.runId().equals(runId)).toList();
    }

    /** The run has ended; safe to call twice, and takes nothing from another run. */
    @Override
    public void close() throws IOException {
        if (last().run(runId).isPresent()) {
            change((state, now) -> state.without(runId));
        }
    }

    private LakeState mine(LakeState state) {
        if (state.run(runId).isEmpty()) {
            throw new LakeBusyException("run " + runId + " stops: it lost this lake"
                    + state.writing()
                            .or(() -> state.runs().stream().findFirst())
                            .map(other -> " to run " + other.runId() + " on "
                                    + other.process().host())
                            .orElse(" by tributary unlock, or to a run that took it for dead")
                    + ". What it paid for is in the journal, and the next run harvests it");
        }
        return state;
    }

    private LakeState change(Step step) throws IOException {
        for (int tries = 0; tries < TRIES; tries++) {
            OptionalLong last = entries.last();
            LakeState before;
            try {
                before = state(last);
            } catch (FileNotFoundException prunedMeanwhile) {
                stepAside(tries);
                continue;
            }
            Instant now = clock.instant();
            LakeState after = step.from(before.without(run -> isDead(run, now)), now);
            if (after.equals(before) || write(last.orElse(-1) + 1, after)) {
                return after;
            }
            stepAside(tries);
        }
        throw new LakeBusyException("other runs write who is at work on this lake all the time; start again");
    }

    /** Of runs that keep getting in each other's way, one gets through: each waits for a time of its own, ever longer. */
    private static void stepAside(int tries) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000L << Math.min(tries, 6)));
    }

    /** Whoever read late may find a number free that was written and pruned since: it is no longer the last one. */
    private boolean write(long next, LakeState state) throws IOException {
        boolean written;
        try {
            written = entries.write(next, state.text());
        } catch (IOException e) {
            // A store may refuse a number that was written and pruned meanwhile with an error like any other.
            if (entries.last().orElse(-1) < next) {
                throw e;
            }
            return false;
        }
        if (!written || entries.last().orElse(-1) != next) {
            return false;
        }
        entries.prune(next - KEPT + 1);
        return true;
    }

    private LakeState state(OptionalLong last) throws IOException {
        return last.isEmpty()
                ? LakeState.EMPTY
                : LakeState.parse(entries.read(last.getAsLong()), entries.writtenAt(last.getAsLong()));
    }

    /** This run's own process is never dead to itself, however long it stood still: that is for others to say. */
    private boolean isDead(LivingRun run, Instant now) {
        return !run.runId().equals(runId) && (run.isSilent(now) || run.process().isGone());
    }
}
