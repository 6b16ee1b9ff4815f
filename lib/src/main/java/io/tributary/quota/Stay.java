package io.tributary.quota;

import java.time.Duration;
import java.util.Optional;

/**
 * Staying away after "too fast". Several refusals of one burst are one strike; pauses that add up to more than the bound
 * without one success are too long. Not thread-safe.
 */
final class Stay {
    private final Duration longest;
    private boolean paused;
    private long untilNanos;
    private boolean limited;
    private long limitedSinceNanos;
    private int strikes;

    /** @param longest how long pauses may last together without one success */
    Stay(Duration longest) {
        this.longest = longest;
    }

    /** When calls may be sent again, if that is later than now. */
    Optional<Long> until(long nowNanos) {
        return paused && nowNanos - untilNanos < 0 ? Optional.of(untilNanos) : Optional.empty();
    }

    /** The provider answered as it should. */
    void good() {
        limited = false;
        strikes = 0;
    }

    /** See {@link Gate#refused}. */
    Duration refused(Permit permit, Optional<Duration> told, long nowNanos, double random) {
        if (!limited) {
            limited = true;
            limitedSinceNanos = nowNanos;
        }
        boolean sameBurst = paused && permit.grantedNanos() - untilNanos < 0;
        if (!sameBurst) {
            strikes++;
        }
        Duration pause = Pause.length(told, strikes, random);
        away(pause.toNanos(), nowNanos);
        return pause;
    }

    /** A longer pause that is already on stays. */
    void away(long nanos, long nowNanos) {
        long until = nowNanos + Math.min(nanos, Duration.ofDays(1).toNanos());
        if (!paused || until - untilNanos > 0) {
            paused = true;
            untilNanos = until;
        }
    }

    boolean isTooLong() {
        return limited && untilNanos - limitedSinceNanos > longest.toNanos();
    }
}
