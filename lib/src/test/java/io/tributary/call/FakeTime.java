package io.tributary.call;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;

/** A loop whose time passes only when everything due has run. */
final class FakeTime extends Clock implements EventLoop {
    private record Due(long nanos, long order, Runnable action) {}

    private final PriorityQueue<Due> queue = new PriorityQueue<>(
            (a, b) -> a.nanos() == b.nanos() ? Long.compare(a.order(), b.order()) : Long.compare(a.nanos(), b.nanos()));
    private final Instant start = Instant.parse("2026-11-23T02:00:00Z");
    private long nanos;
    private long order;

    @Override
    public Instant now() {
        return start.plusNanos(nanos);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void execute(Runnable action) {
        schedule(Duration.ZERO, action);
    }

    @Override
    public void schedule(Duration delay, Runnable action) {
        queue.add(new Due(nanos + Math.max(0, delay.toNanos()), order++, action));
    }

    /** Runs until nothing is left to do. */
    void run() {
        runUntil(Duration.ofDays(30).toNanos() + nanos);
    }

    /** Runs what is due within a time, and lets that time pass. */
    void runFor(Duration time) {
        long end = nanos + time.toNanos();
        runUntil(end);
        nanos = end;
    }

    private void runUntil(long end) {
        int steps = 0;
        while (!queue.isEmpty() && queue.peek().nanos() <= end) {
            Due due = queue.remove();
            nanos = due.nanos();
            due.action().run();
            if (++steps > 5_000_000) {
                throw new AssertionError("the simulation does not end");
            }
        }
    }

    /** Seconds since the start, with one decimal. */
    String at() {
        return String.format(java.util.Locale.ROOT, "@%.1f", nanos / 1e9);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return now();
    }
}
