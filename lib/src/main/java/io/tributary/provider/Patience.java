package io.tributary.provider;

import java.time.Duration;

/**
 * How long a run waits for an answer that is pending, and how often it looks.
 *
 * @param first until the first look; it doubles from look to look
 * @param longest the longest wait between two looks
 * @param inAll after this the answer is left to a later run
 */
public record Patience(Duration first, Duration longest, Duration inAll) {
    public Patience {
        if (first.isZero() || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("a wait that grows needs a first one, and a longest that is no shorter");
        }
    }

    /** The wait before a look, counted from 0. */
    public Duration before(int look) {
        Duration wait = first.multipliedBy(1L << Math.min(look, 20));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
