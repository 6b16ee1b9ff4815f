package io.tributary.provider;

import java.io.Serializable;
import java.time.Duration;

/**
 * A bound that a provider sets.
 *
 * @param calls the most calls inside one window, at least 1
 * @param per the window's length
 * @param perEndpoint whether each endpoint has a window of its own, or all share one
 */
public record QuotaWindow(int calls, Duration per, boolean perEndpoint) implements Serializable {
    public QuotaWindow {
        if (calls < 1) {
            throw new IllegalArgumentException("a quota window needs at least one call");
        }
        if (per.isNegative() || per.isZero()) {
            throw new IllegalArgumentException("a quota window needs a positive length");
        }
    }
}
