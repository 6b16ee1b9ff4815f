package io.tributary.quota;

import io.tributary.provider.QuotaWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How long a call counts in a window, as far as can be proven from outside: a length after its answer, or where the clock
 * empties the window, until that moment has come by every clock. Thread-safe.
 */
public final class Occupancy {
    /** By how much a provider's clock and ours may differ. */
    private static final Duration SKEW = Duration.ofSeconds(2);

    private static final int SLOTS = 1000;
    private static final long TENTH_NANOS = 100_000_000;

    private final QuotaWindow window;
    private final long lengthNanos;
    private final InstantSource wall;

    /**
     * @param lengthNanos the window's length with a margin, in nanoseconds
     * @param wall the time of day
     */
    Occupancy(QuotaWindow window, long lengthNanos, InstantSource wall) {
        this.window = window;
        this.lengthNanos = lengthNanos;
        this.wall = wall;
    }

    /** Of a whole window, by the usual margin. */
    public static Occupancy of(QuotaWindow window, InstantSource wall) {
        return new Occupancy(window, GateSettings.of(Share.ALL, 1).lengthNanos(window.per(), 1), wall);
    }

    /** About how long a call counts at the most. */
    public long lengthNanos() {
        return lengthNanos;
    }

    /** To what calls that leave at about the same time are rounded up, so that a long window needs little memory. */
    long slotNanos() {
        return window.renewal().isByClock() ? TENTH_NANOS : Math.max(1, lengthNanos / SLOTS);
    }

    /**
     * When a call counts no more.
     *
     * @param answeredNanos when it was answered, or the latest time at which it can have arrived, on the elapsed clock
     * @param nowNanos the elapsed clock now
     */
    public long leavesNanos(long answeredNanos, long nowNanos) {
        if (!window.renewal().isByClock()) {
            return answeredNanos + lengthNanos;
        }
        // Shortly before it is emptied here it may be empty there, and the call counts in the next one.
        Instant at = wall.instant().plusNanos(answeredNanos - nowNanos).plus(SKEW);
        Instant emptied = window.renewal().after(at, window.per()).orElseThrow();
        return answeredNanos
                + Duration.between(at, emptied).plus(SKEW.multipliedBy(2)).toNanos();
    }
}
