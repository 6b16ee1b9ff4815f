package io.tributary.coordinator;

import java.time.Duration;

/**
 * How much of a quota is safe to use, as refusals teach it: a part is cut off at once when the provider refuses a call although
 * the quota was kept, and given back slowly (additive increase, multiplicative decrease). Somebody else may use the same
 * key, or the provider may count otherwise than it says. Not thread-safe.
 */
final class SafeRate {
    private static final double CUT = 0.75;
    private static final double LEAST = 0.1;
    private static final double BACK = 0.05;
    private static final Duration STEP = Duration.ofSeconds(10);

    private double part = 1;
    private long sinceNanos;

    /** Calls of one burst are refused together: they are one lesson, so within a step there is one cut. */
    void refused(long nowNanos) {
        double now = part(nowNanos);
        if (part == 1 || nowNanos - sinceNanos >= STEP.toNanos() / 10) {
            part = Math.max(LEAST, now * CUT);
            sinceNanos = nowNanos;
        }
    }

    /** The part that may be used now, above 0 and at most 1. */
    double part(long nowNanos) {
        if (part < 1) {
            double steps = (nowNanos - sinceNanos) / (double) STEP.toNanos();
            return Math.min(1, part + BACK * steps);
        }
        return 1;
    }

    /** How many of a window's calls may be used now, at least 1. */
    int of(int calls, long nowNanos) {
        return Math.max(1, (int) Math.floor(calls * part(nowNanos) + 1e-9));
    }
}
