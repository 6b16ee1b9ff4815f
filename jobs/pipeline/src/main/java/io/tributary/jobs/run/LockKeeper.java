package io.tributary.jobs.run;

import io.tributary.jobs.store.StoredEntries;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the lake's lock and shows every minute that the run is alive. When the lake was taken from the run, or so long went
 * by without a sign of life that it may have been, the run is told to stop. Thread-safe.
 */
final class LockKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LockKeeper.class);

    private final RunLock lock;
    private final Clock clock;
    private final Runnable whenLost;
    private final ScheduledExecutorService renewing;
    private Instant renewed;
    private Optional<LakeBusyException> lost = Optional.empty();

    private LockKeeper(RunLock lock, Clock clock, Runnable whenLost) {
        this.lock = lock;
        this.clock = clock;
        this.whenLost = whenLost;
        this.renewed = clock.instant();
        this.renewing = Executors.newSingleThreadScheduledExecutor(action -> {
            Thread thread = new Thread(action, "tributary-lock");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Takes the lake for a run; should it be lost, the call step is cancelled. */
    static LockKeeper take(SparkContext context, Path directory, String runId, Clock clock) throws IOException {
        RunLock lock = RunLock.take(
                StoredEntries.settings(context.hadoopConfiguration(), context.getConf()), directory, runId, clock);
        return keep(lock, clock, () -> context.cancelJobGroup("tributary-call"));
    }

    /**
     * Begins to hold a lock that was taken.
     *
     * @param whenLost stops what is under way; called again every minute until the run has ended
     */
    static LockKeeper keep(RunLock lock, Clock clock, Runnable whenLost) {
        LockKeeper keeper = new LockKeeper(lock, clock, whenLost);
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

    private synchronized Optional<LakeBusyException> sign() {
        if (lost.isPresent()) {
            return lost;
        }
        try {
            lock.renew();
            renewed = clock.instant();
        } catch (LakeBusyException e) {
            lost = Optional.of(e);
        } catch (IOException e) {
            LOG.warn("the lock of the lake could not be renewed: {}", e.toString());
            if (Duration.between(renewed, clock.instant()).compareTo(RunLock.STALE) >= 0) {
                lost = Optional.of(new LakeBusyException("this run stops: for "
                        + RunLock.STALE.toMinutes() + " minutes its lock could not be renewed (" + e
                        + "), and another run may have taken the lake"));
            }
        }
        return lost;
    }

    /**
     * To be called before each step.
     *
     * @throws LakeBusyException if the lake is no longer this run's
     */
    synchronized void check() {
        lost.ifPresent(reason -> {
            throw reason;
        });
    }

    @Override
    public void close() throws IOException {
        renewing.shutdownNow();
        lock.close();
    }
}
