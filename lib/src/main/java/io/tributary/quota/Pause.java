package io.tributary.quota;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to stay away after a 429. What the provider says counts, with a floor, because "0" is said by providers that
 * mean "soon"; without a word the pause doubles with every strike. Jitter only ever lengthens it, so that many processes
 * do not return at the same moment and none returns too early.
 */
final class Pause {
    static final Duration FLOOR = Duration.ofSeconds(1);
    static final Duration UNTOLD_CEILING = Duration.ofMinutes(1);
    static final Duration CEILING = Duration.ofDays(1);
    private static final double JITTER = 0.1;
    private static final Duration MOST_JITTER = Duration.ofSeconds(5);

    private Pause() {}

    /**
     * @param strikes how many times in a row the provider refused, from 1
     * @param random uniform in [0, 1)
     */
    static Duration length(Optional<Duration> told, int strikes, double random) {
        Duration base = told.filter(wait -> wait.compareTo(FLOOR) > 0)
                .orElseGet(() -> Backoff.doubling(FLOOR, UNTOLD_CEILING, strikes));
        base = base.compareTo(CEILING) > 0 ? CEILING : base;
        double jitter = Math.min(base.toNanos() * JITTER, MOST_JITTER.toNanos());
        return base.plusNanos((long) (jitter * random));
    }
}
