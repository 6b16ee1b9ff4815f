package io.tributary.jobs.ask;

import io.tributary.quota.Gate;
import io.tributary.quota.Lease;
import io.tributary.quota.Report;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the leases of a process: reports for all of its gates together, as often as the driver wants to hear of them, and
 * at once when a call comes to wait for what no report has asked for. If the driver can't be reached, leases run out and
 * calls wait. Thread-safe.
 */
final class LeaseKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    private static final Duration AGAIN = Duration.ofMillis(200);

    /** Reports that follow each other sooner tell nothing new. */
    private static final Duration LEAST = Duration.ofMillis(20);

    /** The way to whoever divides the quotas. */
    interface Line {
        /**
         * @param reports by provider
         * @return leases by provider; none for a report that was overtaken
         * @throws Exception if nobody is there
         */
        Map<String, Lease> report(Map<String, Report> reports) throws Exception;
    }

    private final Line driver;
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread;
    private final Object schedule = new Object();
    private long dueNanos;
    private boolean due;
    private long reportedNanos;
    private boolean unheard;

    LeaseKeeper(Line driver) {
        this.driver = driver;
        this.thread = Executors.newSingleThreadScheduledExecutor(action -> {
            Thread worker = new Thread(action, "tributary-quota");
            worker.setDaemon(true);
            return worker;
        });
    }

    /** Keeps a gate's lease from now on. */
    void keep(String provider, Gate gate) {
        gates.put(provider, gate);
    }

    /** A call waits for what no report has asked for. */
    void hungry() {
        long now = System.nanoTime();
        synchronized (schedule) {
            at(Math.max(now, reportedNanos + LEAST.toNanos()), now);
        }
    }

    private void at(long nanos, long now) {
        if (!due || nanos - dueNanos < 0) {
            due = true;
            dueNanos = nanos;
            try {
                thread.schedule(this::report, Math.max(0, nanos - now), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException closed) {
                due = false;
            }
        }
    }

    private void report() {
        long now = System.nanoTime();
        synchronized (schedule) {
            if (!due || dueNanos - now > 0) {
                // An earlier report took this one's place.
                return;
            }
            due = false;
            reportedNanos = now;
        }
        exchange(Gate::isBusy, Gate::report).ifPresent(again -> {
            synchronized (schedule) {
                at(System.nanoTime() + again.toNanos(), System.nanoTime());
            }
        });
    }

    /** Tells the driver the last of what was done, on the calling thread; never fails. */
    void flush() {
        exchange(gate -> true, Gate::lastReport);
    }

    /** One report and its answer; how soon the next one is due, if there was anything to report. */
    private synchronized Optional<Duration> exchange(Predicate<Gate> which, BiFunction<Gate, Long, Report> how) {
        Map<String, Report> reports = new HashMap<>();
        long now = System.nanoTime();
        gates.forEach((provider, gate) -> {
            if (which.test(gate)) {
                reports.put(provider, how.apply(gate, now));
            }
        });
        if (reports.isEmpty()) {
            return Optional.empty();
        }
        try {
            Map<String, Lease> leases = driver.report(reports);
            leases.forEach((provider, lease) -> gates.get(provider).lease(lease, now, System.nanoTime()));
            unheard = false;
            return Optional.of(leases.values().stream()
                    .map(lease -> Duration.ofNanos(lease.againNanos()))
                    .min(Duration::compareTo)
                    .orElse(AGAIN));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (Exception unreachable) {
            if (!unheard) {
                LOG.warn("no word from the driver about the quota, so calls wait: {}", unreachable.toString());
            }
            unheard = true;
            return Optional.of(AGAIN);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
