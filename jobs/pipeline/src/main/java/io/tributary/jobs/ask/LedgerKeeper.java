package io.tributary.jobs.ask;

import io.tributary.coordinator.QuotaDesk;
import io.tributary.coordinator.RunShares;
import io.tributary.coordinator.RunShares.Part;
import io.tributary.coordinator.RunShares.Wish;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a run's part of the shared quotas: shows itself in the ledger every two seconds, and at once when executors use a window
 * of which the ledger was not asked. If the ledger can't be written, the run's part runs out and calls wait.
 */
final class LedgerKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerKeeper.class);

    private static final Duration LOOK = Duration.ofMillis(25);

    private final QuotaLedger ledger;
    private final QuotaDesk desk;
    private final ScheduledExecutorService thread;
    private long shownNanos;
    private boolean shown;
    private boolean failing;
    private boolean quiet;

    LedgerKeeper(QuotaLedger ledger, QuotaDesk desk) {
        this.ledger = ledger;
        this.desk = desk;
        this.thread = Executors.newSingleThreadScheduledExecutor(action -> {
            Thread worker = new Thread(action, "tributary-quota-ledger");
            worker.setDaemon(true);
            return worker;
        });
        thread.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        long now = System.nanoTime();
        Duration wait = failing ? RunShares.again().dividedBy(4) : RunShares.again();
        boolean due = !shown || now - shownNanos >= wait.toNanos();
        if (due || desk.isNew() && !failing) {
            show(now);
        }
    }

    private void show(long now) {
        shown = true;
        shownNanos = now;
        try {
            Map<String, Wish> wishes = desk.wishes();
            if (!wishes.isEmpty()) {
                Map<String, Part> parts = ledger.exchange(wishes);
                desk.allot(parts, now + RunShares.lease().toNanos());
            }
            failing = false;
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                LOG.warn("the ledger of the quotas can't be kept, so calls will wait: {}", e.toString());
            }
            failing = true;
        }
    }

    /** All tasks have ended: nobody sends anything any more. */
    synchronized void quiet() {
        quiet = true;
    }

    /**
     * Gives back what is not used, if it is known that nobody calls any more; else the run's lease runs out. Never fails.
     */
    @Override
    public void close() {
        thread.shutdownNow();
        synchronized (this) {
            if (!quiet) {
                return;
            }
            try {
                Map<String, Wish> wishes = desk.wishes();
                if (!wishes.isEmpty()) {
                    ledger.end(wishes);
                }
            } catch (IOException | RuntimeException e) {
                LOG.warn("the ledger of the quotas was not told that the run has ended: {}", e.toString());
            }
        }
    }
}
