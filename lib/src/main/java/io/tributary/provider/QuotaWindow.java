package io.tributary.provider;

import java.io.Serializable;
import java.time.Duration;

/**
 * A bound that a provider sets.
 *
 * @param calls the most calls inside one window, at least 1
 * @param per the window's length
 * @param perEndpoint whether each endpoint has a window of its own, or all share one
 * @param perItem whether a batch counts as many calls as it has items
 */
public record QuotaWindow(int calls, Duration per, boolean perEndpoint, boolean perItem) implements Serializable {
    /** A window in which a batch counts once. */
    public QuotaWindow(int calls, Duration per, boolean perEndpoint) {
        this(calls, per, perEndpoint, false);
    }

    public QuotaWindow {
        if (calls < 1) {
            throw new IllegalArgumentException("a quota window needs at least one call");
        }
        if (per.isNegative() || per.isZero()) {
            throw new IllegalArgumentException("a quota window needs a positive length");
        }
    }

    /** What a call with so many items counts; a batch larger than the window fills it. */
    public int weight(int items) {
        return perItem ? Math.min(calls, Math.max(1, items)) : 1;
    }
}
