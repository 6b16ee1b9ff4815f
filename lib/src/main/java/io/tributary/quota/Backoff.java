package io.tributary.quota;

import java.io.Serializable;
import java.time.Duration;

/**
 * Exponential backoff with full jitter: the wait before try {@code n + 1} is uniform between nothing and
 * {@code base * 2^(n-1)}, at most {@code cap}. Source of the formula: "Exponential Backoff and Jitter", AWS Architecture
 * Blog, 2015.
 *
 * @param tries how often one call is sent at most, at least 1
 */
public record Backoff(int tries, Duration base, Duration cap) implements Serializable {
    /** What is shipped: 3 tries, from 1 s, at most 30 s. */
    public static final Backoff DEFAULT = new Backoff(3, Duration.ofSeconds(1), Duration.ofSeconds(30));

    public Backoff {
        if (tries < 1) {
            throw new IllegalArgumentException("a call is tried at least once");
        }
        if (base.isNegative() || cap.compareTo(base) < 0) {
            throw new IllegalArgumentException("backoff needs 0 <= base <= cap, not " + base + " and " + cap);
        }
    }

    /**
     * The wait after a failed try.
     *
     * @param failedTries how many failed so far, from 1
     * @param random uniform in [0, 1)
     */
    public Duration after(int failedTries, double random) {
        return Duration.ofNanos((long) (doubling(base, cap, failedTries).toNanos() * random));
    }

    static Duration doubling(Duration base, Duration cap, int step) {
        double nanos = base.toNanos() * Math.pow(2, Math.max(0, step - 1));
        return nanos >= cap.toNanos() ? cap : Duration.ofNanos((long) nanos);
    }
}
