package io.tributary.jobs.run;

import io.tributary.jobs.StopRequest;
import io.tributary.jobs.store.StoredEntries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a run registered at its lake: shows every minute that it is alive, and waits for the tables when it has to write. When
 * the run was taken for dead, or so long went by without a sign of life that it may have been, it is told to stop.
 * Thread-safe.
 */
final class LakeKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LakeKeeper.class);

    /** Without a sign of life for so long, executors hear of no part of a quota: before others may take the run for dead. */
    private static final Duration STANDS = LivingRun.STALE.minusMinutes(1);

    private static final long LOOK_SECONDS = 2;

    private final LakeRegister register;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Runnable whenLost;
    private final ScheduledExecutorService renewing;
    private Instant renewed;
    private long renewedNanos;
    private Optional<LakeBusyException> lost = Optional.empty();

    private LakeKeeper(LakeRegister register, Clock clock, LongSupplier nanos, Runnable whenLost) {
        this.register = register;
        this.clock = clock;
        this.nanos = nanos;
        this.whenLost = whenLost;
        this.renewed = clock.instant();
        this.renewedNanos = nanos.getAsLong();
        this.renewing = Executors.newSingleThreadScheduledExecutor(action -> {
            Thread thread = new Thread(action, "tributary-lake");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** A run comes to a lake; should it be taken for dead there, its call step is cancelled. */
    static LakeKeeper enter(SparkContext context, Path directory, String runId, Job job, Clock clock)
            throws IOException {
        LakeRegister register = LakeRegister.enter(
                StoredEntries.settings(context.hadoopConfiguration(), context.getConf()), directory, runId, job, clock);
        return keep(register, clock, System::nanoTime, () -> context.cancelJobGroup("tributary-call"));
    }

    /**
     * Begins to keep a run that has entered.
     *
     * @param nanos an elapsed clock
     * @param whenLost stops what is under way; called again every minute until the run has ended
     */
    static LakeKeeper keep(LakeRegister register, Clock clock, LongSupplier nanos, Runnable whenLost) {
        LakeKeeper keeper = new LakeKeeper(register, clock, nanos, whenLost);
        keeper.renewing.scheduleWithFixedDelay(keeper::renew, 1, 1, TimeUnit.MINUTES);
        return keeper;
    }

    /** Shows a sign of life, or finds that it is too late for one. Never throws: the timer would end. */
    void renew() {
        try {
            if (sign().isPresent()) {
                whenLost.run();
            }
        } catch (RuntimeException e) {
            LOG.warn("what is under way could not be stopped: {}", e.toString());
        }
    }

    private Optional<LakeBusyException> sign() {
        Instant at = clock.instant();
        long atNanos = nanos.getAsLong();
        try {
            register.renew();
            seen(at, atNanos);
        } catch (LakeBusyException e) {
            lose(e);
        } catch (IOException e) {
            LOG.warn("the run's sign of life could not be written: {}", e.toString());
            if (silence().compareTo(LivingRun.STALE) >= 0) {
                lose(new LakeBusyException("this run stops: for " + LivingRun.STALE.toMinutes()
                        + " minutes it could not show that it is alive (" + e
                        + "), and another run may have taken it for dead"));
            }
        }
        return lost();
    }

    private synchronized void seen(Instant at, long atNanos) {
        renewed = at;
        renewedNanos = atNanos;
    }

    private synchronized void lose(LakeBusyException why) {
        lost = lost.isPresent() ? lost : Optional.of(why);
    }

    private synchronized Optional<LakeBusyException> lost() {
        return lost;
    }

    /** How long ago the last sign of life was, by whichever clock says more: either may have stood still. */
    private synchronized Duration silence() {
        Duration elapsed = Duration.ofNanos(nanos.getAsLong() - renewedNanos);
        Duration wall = Duration.between(renewed, clock.instant());
        return elapsed.compareTo(wall) >= 0 ? elapsed : wall;
    }

    /** Whether no other run can have taken this one for dead yet: else nobody may ask on its behalf. Quick. */
    boolean stands() {
        return lost().isEmpty() && silence().compareTo(STANDS) < 0;
    }

    /**
     * To be called before each step.
     *
     * @throws LakeBusyException if the run was taken for dead
     */
    void check() {
        lost().ifPresent(reason -> {
            throw reason;
        });
    }

    /** The tables of the lake, while they are this run's. */
    interface Tables extends AutoCloseable {
        /** Grows with each time that anybody takes the tables. */
        long fence();

        /** The other runs that are at work on the lake. */
        List<LivingRun> others();

        /** Their ids. */
        default Set<String> otherRuns() {
            return others().stream().map(LivingRun::runId).collect(Collectors.toUnmodifiableSet());
        }

        /** Gives them back, while this run goes on; may be called twice. */
        void giveBack() throws IOException;

        @Override
        default void close() throws IOException {
            giveBack();
        }
    }

    /**
     * Waits until no other run writes, and takes the tables.
     *
     * @param say is told whom it waits for
     * @throws LakeBusyException if the run was taken for dead
     * @throws CancellationException if the run was asked to stop
     */
    Tables tables(Consumer<String> say, StopRequest stop) throws IOException {
        Optional<LivingRun> writer = taken();
        if (writer.isPresent()) {
            say.accept("waiting for " + writer.get().words() + ", which writes to the tables of this lake");
        }
        while (writer.isPresent()) {
            if (stop.isMade()) {
                throw new CancellationException("the run was asked to stop while it waited for "
                        + writer.get().words());
            }
            pause();
            check();
            writer = taken();
        }
        LakeState state = register.state();
        List<LivingRun> others = register.others();
        return new Tables() {
            @Override
            public long fence() {
                return state.fence();
            }

            @Override
            public List<LivingRun> others() {
                return others;
            }

            @Override
            public void giveBack() throws IOException {
                register.giveTablesBack();
            }
        };
    }

    /**
     * Waits until no other run is at work on the lake, and takes the tables: whoever comes later waits for them before it reads
     * anything.
     *
     * @param wait whether to wait for others at all
     * @throws LakeBusyException if the run was taken for dead, or others are at work and it is not to wait
     * @throws CancellationException if the run was asked to stop
     */
    Tables alone(boolean wait, Consumer<String> say, StopRequest stop) throws IOException {
        for (boolean told = false; ; told = true) {
            Tables tables = tables(say, stop);
            if (tables.others().isEmpty()) {
                return tables;
            }
            tables.giveBack();
            String others = tables.others().stream().map(LivingRun::words).collect(Collectors.joining(", "));
            if (!wait) {
                throw new LakeBusyException("others are at work on this lake: " + others
                        + ". Wait for them, or if they are" + " dead: tributary unlock --run ID");
            }
            if (!told) {
                say.accept("waiting until nobody else is at work on this lake: " + others);
            }
            if (stop.isMade()) {
                throw new CancellationException("asked to stop while it waited for " + others);
            }
            pause();
            check();
        }
    }

    private Optional<LivingRun> taken() throws IOException {
        Instant at = clock.instant();
        long atNanos = nanos.getAsLong();
        try {
            Optional<LivingRun> writer = register.takeTables();
            seen(at, atNanos);
            return writer;
        } catch (LakeBusyException e) {
            lose(e);
            throw e;
        }
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(LOOK_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while it waited for the tables");
        }
    }

    /** Does something with the tables. */
    @SuppressWarnings("try") // the tables are held, not used
    void writing(Runnable action, Consumer<String> say, StopRequest stop) {
        try (Tables held = tables(say, stop)) {
            check();
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does something with the tables if they are free now. Returns whether they were. */
    boolean ifFree(Runnable action) throws IOException {
        if (taken().isPresent()) {
            return false;
        }
        try {
            action.run();
            return true;
        } finally {
            register.giveTablesBack();
        }
    }

    /** See {@link LakeRegister#reserve}. */
    void reserve(Map<String, Double> credits, double inAll) throws IOException {
        register.reserve(credits, inAll);
    }

    @Override
    public void close() throws IOException {
        renewing.shutdownNow();
        register.close();
    }
}
