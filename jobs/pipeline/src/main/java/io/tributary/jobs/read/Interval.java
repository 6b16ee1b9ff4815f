package io.tributary.jobs.read;

import java.time.Instant;

/**
 * The time whose extracts a run may read. It chooses files and decides nothing else.
 *
 * @param from extracts made before are passed over
 * @param to extracts made then or later are passed over
 */
public record Interval(Instant from, Instant to) {
    /** Whatever lies there. */
    public static final Interval ALL = new Interval(Instant.MIN, Instant.MAX);

    public Interval {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("an interval that ends (" + to + ") before it starts (" + from + ")");
        }
    }

    boolean covers(Instant time) {
        return !time.isBefore(from) && time.isBefore(to);
    }
}
