package io.tributary.quota;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A strict window over calls whose arrival at the provider nobody here can see.
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
 * <p>Answers are remembered in slots, each rounded up, so that a day's window costs no more memory than a second's. Not
 * thread-safe.
 */
final class SlidingWindow {
    /** No time is known: it depends on an answer that is still to come, or on a larger part. */
    static final long WHEN_ANSWERED = Long.MAX_VALUE;

    private record Slot(long expiresNanos, int[] calls) {}

    private final long lengthNanos;
    private final long slotNanos;
    private final Deque<Slot> answered = new ArrayDeque<>();
    private int calls;
    private int answeredCalls;
    private int inFlight;

    /**
     * @param calls how many may occupy it at once, 0 or more
     * @param slotNanos to what the times are rounded up at which calls leave it
     */
    SlidingWindow(int calls, long lengthNanos, long slotNanos) {
        this.calls = calls;
        this.lengthNanos = lengthNanos;
        this.slotNanos = slotNanos;
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
     * The answered calls by when they will have left at the latest, soonest first.
     *
     * @param parts into how many steps a length is cut: as many entries come at most, and one more
     */
    List<Report.Leaving> leaving(long nowNanos, int parts) {
        expire(nowNanos);
        List<Report.Leaving> leaving = new ArrayList<>();
        long step = Math.max(1, lengthNanos / parts);
        long end = 0;
        int some = 0;
        for (Slot slot : answered) {
            long in = slot.expiresNanos() - nowNanos;
            if (some > 0 && in > end) {
                leaving.add(new Report.Leaving(end, some));
                some = 0;
            }
            if (some == 0) {
                // What leaves within one step is told as leaving at its end, but no later than the last of all does.
                end = Math.min((in + step - 1) / step * step, answered.getLast().expiresNanos() - nowNanos);
            }
            some += slot.calls()[0];
        }
        if (some > 0) {
            leaving.add(new Report.Leaving(end, some));
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

    /** @param leavesNanos when it will count no more */
    void answered(long leavesNanos, int weight) {
        inFlight -= weight;
        answeredCalls += weight;
        long expires = -Math.floorDiv(-leavesNanos, slotNanos) * slotNanos;
        Slot last = answered.peekLast();
        if (last != null && last.expiresNanos() >= expires) {
            last.calls()[0] += weight;
        } else {
            answered.addLast(new Slot(expires, new int[] {weight}));
        }
    }

    /** A call that does not count: it never left, or was refused where that is free. */
    void uncounted(int weight) {
        inFlight -= weight;
    }

    private void expire(long nowNanos) {
        while (!answered.isEmpty() && answered.getFirst().expiresNanos() <= nowNanos) {
            answeredCalls -= answered.removeFirst().calls()[0];
        }
    }
}
