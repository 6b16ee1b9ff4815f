package io.tributary.call;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.Uninterruptibles;
import io.tributary.journal.Entry;
import io.tributary.journal.FlushPolicy;
import io.tributary.journal.Intent;
import io.tributary.journal.JournalWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A journal writer on a thread of its own. Intents that come within a moment of each other share one segment: a store that
 * takes long for each segment thereby gets fewer and larger ones by itself. Thread-safe.
 */
public final class JournalLog implements CallLog, AutoCloseable {
    /**
     * How long the first intent waits for company. Each segment costs a file and a wait for the disk, and a task works so
     * many keys at once that the wait holds up nothing.
     */
    public static final Duration DEFAULT_LINGER = Duration.ofMillis(50);

    private static final String CLOSED = "the journal of this task is closed";

    private final JournalWriter writer;
    private final LongSupplier nanos;
    private final Duration linger;
    private final int maxAnswers;
    private final ScheduledExecutorService thread;
    private Pending pending = new Pending();

    /** Answers that the writer has and that are in no segment yet. */
    private int held;

    private boolean closed;

    private static final class Pending {
        private final List<Intent> intents = new ArrayList<>();
        private final List<Entry> entries = new ArrayList<>();
        private final CompletableFuture<Void> intended = new CompletableFuture<>();
        private final CompletableFuture<Void> appended = new CompletableFuture<>();
        private long oldestMillis;
        private boolean scheduled;
        private boolean hurried;
    }

    /**
     * Takes over the writer, which is closed with this log.
     *
     * @param nanos time that only passes, like {@link System#nanoTime}: an answer grows old whatever becomes of the clock
     */
    public JournalLog(JournalWriter writer, FlushPolicy policy, LongSupplier nanos, Duration linger) {
        this.writer = writer;
        this.nanos = nanos;
        this.linger = linger;
        this.maxAnswers = policy.maxAnswers();
        this.thread = Executors.newSingleThreadScheduledExecutor(action -> {
            Thread worker = new Thread(action, "tributary-journal");
            worker.setDaemon(true);
            return worker;
        });
        long tick = Math.max(1, policy.maxAge().toMillis() / 4);
        thread.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized CompletionStage<Void> intend(List<Intent> intents) {
        pending.intents.addAll(intents);
        return scheduled(pending.intended);
    }

    @Override
    public synchronized CompletionStage<Void> append(List<Entry> entries) {
        if (pending.entries.isEmpty()) {
            pending.oldestMillis = millis();
        }
        pending.entries.addAll(entries);
        CompletionStage<Void> appended = scheduled(pending.appended);
        if (held + pending.entries.size() >= maxAnswers) {
            hurry();
        }
        return appended;
    }

    private CompletionStage<Void> scheduled(CompletableFuture<Void> done) {
        if (closed) {
            return CompletableFuture.failedFuture(new IllegalStateException(CLOSED));
        }
        if (!pending.scheduled) {
            pending.scheduled = true;
            try {
                Pending batch = pending;
                thread.schedule(() -> drain(batch), linger.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
        return done;
    }

    @Override
    public synchronized void hurry() {
        if (pending.scheduled && !pending.hurried && !closed) {
            pending.hurried = true;
            Pending batch = pending;
            thread.execute(() -> drain(batch));
        }
    }

    /** Nothing, if somebody hurried and this batch is written already. */
    private void drain(Pending batch) {
        try {
            if (written(batch)) {
                batch.appended.complete(null);
                batch.intended.complete(null);
            }
        } catch (RuntimeException e) {
            batch.appended.completeExceptionally(e);
            batch.intended.completeExceptionally(e);
        }
    }

    /** One step under the writer's own lock: who closes finds a batch here or its answers there, and nothing in between. */
    private boolean written(Pending batch) {
        synchronized (writer) {
            synchronized (this) {
                if (batch != pending) {
                    return false;
                }
                pending = new Pending();
                held += batch.entries.size();
            }
            // An answer's age counts from when it came, not from when its company was complete.
            writer.write(batch.entries, batch.intents, batch.oldestMillis);
            stillHeld();
            return true;
        }
    }

    /** To be called after the writer had something to do. */
    private void stillHeld() {
        int unwritten = writer.unwritten();
        synchronized (this) {
            held = unwritten;
        }
    }

    private void tick() {
        try {
            writer.tick(millis());
            stillHeld();
        } catch (RuntimeException broken) {
            // A writer that failed says so again to the next call that wants to be sent; a tick has nobody to tell.
        }
    }

    private long millis() {
        return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong());
    }

    /**
     * Makes every answer durable, also for an interrupted thread: the answers are paid for, and a store that is written to by
     * such a thread breaks off. Intents that still wait for company are refused, as nobody will send their calls.
     *
     * @throws java.io.UncheckedIOException if the store refuses: the task must then fail
     */
    @Override
    public void close() {
        Pending last;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            last = pending;
        }
        Future<?> written = thread.submit(() -> finish(last));
        try {
            Uninterruptibles.getUninterruptibly(written);
        } catch (ExecutionException e) {
            Throwables.throwIfUnchecked(e.getCause());
            throw new IllegalStateException(e.getCause());
        } finally {
            thread.shutdownNow();
        }
    }

    private void finish(Pending last) {
        List<Intent> unsent;
        synchronized (this) {
            unsent = List.copyOf(last.intents);
            last.intents.clear();
        }
        if (!unsent.isEmpty()) {
            last.intended.completeExceptionally(new IllegalStateException(CLOSED));
        }
        drain(last);
        writer.close();
    }
}
