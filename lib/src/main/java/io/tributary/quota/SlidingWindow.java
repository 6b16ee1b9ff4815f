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
 * window when it was admitted: which is then impossible. It stays enough when several processes each {@linkplain #hold
 * hold} a part, as long as the parts never add up to more than the window.
 *
 * <p>Answers are remembered in at most about a thousand slots, each rounded up, so that a day's window costs no more
 * memory than a second's. Not thread-safe.
 */
final class SlidingWindow {
    /** No time is known: it depends on an answer that is still to come, or on a larger part. */
    static final long WHEN_ANSWERED = Long.MAX_VALUE;

    private static final int SLOTS = 1000;

    private record Slot(long expiresNanos, int[] calls) {}

    private final long lengthNanos;
    private final long slotNanos;
    private final Deque<Slot> answered = new ArrayDeque<>();
    private int calls;
    private int answeredCalls;
    private int inFlight;

    /** @param calls how many may occupy it at once, 0 or more */
    SlidingWindow(int calls, long lengthNanos) {
        this.calls = calls;
        this.lengthNanos = lengthNanos;
        this.slotNanos = Math.max(1, lengthNanos / SLOTS);
    }

    long lengthNanos() {
        return lengthNanos;
    }

    /** How many may occupy it at once from now on; those that do already stay, whatever their number. */
    void hold(int held) {
        calls = held;
    }

    int held() {
        return calls;
    }

    int inFlight() {
        return inFlight;
    }

    /** Calls that occupy it: in flight, or answered less than a length ago. */
    int occupied(long nowNanos) {
        expire(nowNanos);
        return inFlight + answeredCalls;
    }

    /**
     * The answered calls by when they will have left: in the first, second, … part of a length from now.
     *
     * @param parts how many parts a length is cut into
     */
    int[] leaving(long nowNanos, int parts) {
        expire(nowNanos);
        int[] leaving = new int[parts];
        for (Slot slot : answered) {
            long part = (slot.expiresNanos() - nowNanos - 1) * parts / lengthNanos;
            leaving[(int) Math.min(parts - 1, part)] += slot.calls()[0];
        }
        return leaving;
    }

    /**
     * The first time from now on at which so many calls may be sent, or {@link #WHEN_ANSWERED}.
     *
     * @param weight what the call counts, at least 1
     */
    long earliestNanos(long nowNanos, int weight) {
        expire(nowNanos);
        int excess = inFlight + answeredCalls + weight - calls;
        if (excess <= 0) {
            return nowNanos;
        }
        for (Slot slot : answered) {
            excess -= slot.calls()[0];
            if (excess <= 0) {
                return slot.expiresNanos();
            }
        }
        return WHEN_ANSWERED;
    }

    void sent(int weight) {
        inFlight += weight;
    }

    void answered(long nowNanos, int weight) {
        inFlight -= weight;
        answeredCalls += weight;
        long expires = -Math.floorDiv(-nowNanos, slotNanos) * slotNanos + lengthNanos;
        Slot last = answered.peekLast();
        if (last != null && last.expiresNanos() >= expires) {
            last.calls()[0] += weight;
        } else {
            answered.addLast(new Slot(expires, new int[] {weight}));
        }
    }

    /** A call that never left: it occupies nothing. */
    void neverSent(int weight) {
        inFlight -= weight;
    }

    private void expire(long nowNanos) {
        while (!answered.isEmpty() && answered.getFirst().expiresNanos() <= nowNanos) {
            answeredCalls -= answered.removeFirst().calls()[0];
        }
    }
}
