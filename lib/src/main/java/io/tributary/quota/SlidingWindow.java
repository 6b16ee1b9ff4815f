package io.tributary.quota;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A strict sliding window over calls whose arrival at the provider nobody here can see.
 *
 * <p>The simple idea is to count the calls sent during the last second. It fails: a call sent at 0.0 s may arrive at
 * 0.3 s, one sent at 1.0 s may arrive at once, and then both arrived within 0.7 s. All we know is that a call arrived
 * somewhere between its sending and its answer. So a call occupies the window from its sending until its answer <em>plus</em>
 * the window's length, and a call is admitted only while fewer than {@code calls} others occupy it.
 *
 * <p>Why that is enough: suppose {@code calls + 1} arrivals lay within one length. Take the one sent last. Each other
 * arrived less than a length before it, so each was answered later than a length before it was sent, so all occupied the
 * window when it was admitted: which is then impossible.
 *
 * <p>Answers are remembered in at most about a thousand slots, each rounded up, so that a day's window costs no more
 * memory than a second's. Not thread-safe.
 */
final class SlidingWindow {
    /** No time is known: it depends on an answer that is still to come. */
    static final long WHEN_ANSWERED = Long.MAX_VALUE;

    private static final int SLOTS = 1000;

    private record Slot(long expiresNanos, int[] calls) {}

    private final int calls;
    private final long lengthNanos;
    private final long slotNanos;
    private final Deque<Slot> answered = new ArrayDeque<>();
    private int answeredCalls;
    private int inFlight;

    SlidingWindow(int calls, long lengthNanos) {
        this.calls = calls;
        this.lengthNanos = lengthNanos;
        this.slotNanos = Math.max(1, lengthNanos / SLOTS);
    }

    /** The first time from now on at which a call may be sent, or {@link #WHEN_ANSWERED}. */
    long earliestNanos(long nowNanos) {
        expire(nowNanos);
        if (inFlight + answeredCalls < calls) {
            return nowNanos;
        }
        return answered.isEmpty() ? WHEN_ANSWERED : answered.getFirst().expiresNanos();
    }

    void sent() {
        inFlight++;
    }

    void answered(long nowNanos) {
        inFlight--;
        answeredCalls++;
        long expires = -Math.floorDiv(-nowNanos, slotNanos) * slotNanos + lengthNanos;
        Slot last = answered.peekLast();
        if (last != null && last.expiresNanos() >= expires) {
            last.calls()[0]++;
        } else {
            answered.addLast(new Slot(expires, new int[] {1}));
        }
    }

    /** A call that never left: it occupies nothing. */
    void neverSent() {
        inFlight--;
    }

    private void expire(long nowNanos) {
        while (!answered.isEmpty() && answered.getFirst().expiresNanos() <= nowNanos) {
            answeredCalls -= answered.removeFirst().calls()[0];
        }
    }
}
