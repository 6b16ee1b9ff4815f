package io.tributary.call;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * An event loop on a thread of its own: a queue without locks for what is due, and timers that only its thread touches. A
 * general scheduler takes a lock and orders a heap for every action; here nearly every action is due at once, and a call
 * needs several. An action that throws is reported to the thread's handler, and the loop goes on. Work that arrives after
 * closing is dropped.
 */
public final class ScheduledLoop implements EventLoop, AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Clock clock;
    private final Thread thread;
    private final Queue<Runnable> due = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long timersMade;
    private volatile boolean idle;
    private volatile boolean closed;
    private volatile boolean ended;

    private record Timer(long atNanos, long order, Runnable action) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            long earlier = atNanos - other.atNanos;
            return earlier == 0 ? Long.compare(order, other.order) : Long.signum(earlier);
        }
    }

    /**
     * @param name of the thread
     */
    public ScheduledLoop(String name, Clock clock) {
        this.clock = clock;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void execute(Runnable action) {
        if (ended) {
            return;
        }
        due.add(action);
        if (idle) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void schedule(Duration delay, Runnable action) {
        long at = System.nanoTime() + Math.max(0, delay.toNanos());
        execute(() -> timers.add(new Timer(at, timersMade++, action)));
    }

    /** Waits until what is due is done, also if the thread is interrupted: answers that came may be among it. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        Uninterruptibles.joinUninterruptibly(thread, CLOSING);
    }

    private void run() {
        while (!closed) {
            performDue();
            performTimers();
            // Said before the last look at the queue: who adds after the look sees it and wakes this thread.
            idle = true;
            if (due.isEmpty() && !closed) {
                rest();
            }
            idle = false;
        }
        performDue();
        ended = true;
    }

    private void performDue() {
        for (Runnable action = due.poll(); action != null; action = due.poll()) {
            perform(action);
            if (!closed) {
                performTimers();
            }
        }
    }

    private void rest() {
        Timer next = timers.peek();
        if (next == null) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, Math.max(1, next.atNanos() - System.nanoTime()));
        }
    }

    private void performTimers() {
        while (!timers.isEmpty() && timers.peek().atNanos() - System.nanoTime() <= 0) {
            perform(timers.poll().action());
        }
    }

    private void perform(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error fault) {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
        }
    }
}
