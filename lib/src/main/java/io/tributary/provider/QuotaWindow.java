package io.tributary.provider;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * A bound that a provider sets.
 *
 * @param calls the most calls inside one window, at least 1
 * @param per the window's length
 * @param perEndpoint whether each endpoint has a window of its own, or all share one
 * @param perKey whether each key of a rotation set has a window of its own, or the account has one
 * @param perItem whether a batch counts as many calls as it has items
 * @param countsRefused whether a call that is refused for the rate counts
 * @param renewal how it gets room again
 */
public record QuotaWindow(
        int calls,
        Duration per,
        boolean perEndpoint,
        boolean perKey,
        boolean perItem,
        boolean countsRefused,
        Renewal renewal)
        implements Serializable {
    /** A sliding window of the account in which every call counts once. */
    public QuotaWindow(int calls, Duration per, boolean perEndpoint) {
        this(calls, per, perEndpoint, false, false, true, Renewal.SLIDING);
    }

    public QuotaWindow {
        Objects.requireNonNull(renewal, "renewal");
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

    /** The same window with so many times the calls, at least one. */
    public QuotaWindow times(double factor) {
        int scaled = (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.floor(calls * factor)));
        return new QuotaWindow(scaled, per, perEndpoint, perKey, perItem, countsRefused, renewal);
    }
}
