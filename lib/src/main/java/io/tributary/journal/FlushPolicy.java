package io.tributary.journal;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a segment is closed: after so many answers or so long after the first of them, whichever is first.
 *
 * @param maxAnswers at least 1
 * @param maxAge positive
 */
public record FlushPolicy(int maxAnswers, Duration maxAge) implements Serializable {
    /** What is shipped: at most 200 answers, at most a second. */
    public static final FlushPolicy DEFAULT = new FlushPolicy(200, Duration.ofSeconds(1));

    public FlushPolicy {
        if (maxAnswers < 1 || maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("a segment holds at least one answer and stays open for some time");
        }
    }
}
