package io.tributary.coordinator;

import java.time.Duration;

/**
 * The times on which the division rests.
 *
 * @param lease how long an executor may call after its last report; a frozen one starts no call beyond
 * @param again how soon an executor that holds or gets something reports again
 * @param idle how soon one does that can have nothing now
 * @param transit how long a call that was handed to the network may take to reach the provider at the most: what a dead or
 *     frozen executor had under way counts as arriving so late
 * @param skew by how much the clocks may differ by which two tell each other a time of day; 0 where only one clock is read
 */
public record Terms(Duration lease, Duration again, Duration idle, Duration transit, Duration skew) {
    /** What is shipped. Executors report five times a second, so several reports in a row have to be lost for a lapse. */
    public static final Terms DEFAULT = new Terms(
            Duration.ofMillis(1500),
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ZERO);

    /**
     * Between runs that know each other by a file only: clocks that differ by 5 s are allowed for, so the part of a run that died
     * is free 35 s and a window's length later.
     */
    public static final Terms BETWEEN_RUNS = new Terms(
            Duration.ofSeconds(24),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofSeconds(5));

    public Terms {
        if (again.isNegative() || again.isZero() || idle.compareTo(again) < 0 || lease.compareTo(again) <= 0) {
            throw new IllegalArgumentException("reports come more often than leases end");
        }
        if (transit.isNegative() || skew.isNegative()) {
            throw new IllegalArgumentException("a transit and a skew are not negative");
        }
    }

    /** When the coordinator believes that a lease is over; clocks of different machines run at slightly different rates. */
    long lapsedAfterNanos() {
        return lease.toNanos() + lease.toNanos() / 50 + skew.toNanos();
    }
}
