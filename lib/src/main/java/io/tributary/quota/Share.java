package io.tributary.quota;

import java.io.Serializable;

/**
 * The part of a provider's quota that one executor may use. Parts of a window are rounded down to whole calls, so shares
 * that add up to one never add up to more calls than the window has, as long as each part holds at least one call.
 *
 * <p>A part below one call is one call per proportionally longer window: the executors together keep to the quota on
 * average, but several may be unlucky in the same window. Whoever divides a quota over more executors than its smallest
 * window has calls must let fewer of them call at a time; {@link #isStrictFor} says when.
 *
 * @param fraction above 0, at most 1
 */
public record Share(double fraction) implements Serializable {
    /** The whole quota: a single process. */
    public static final Share ALL = new Share(1);

    public Share {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException("a share lies above 0 and is at most 1, not " + fraction);
        }
    }

    /**
     * An equal part for each executor that can be alive.
     *
     * @param executors the greatest number alive at once
     */
    public static Share even(int executors) {
        if (executors < 1) {
            throw new IllegalArgumentException("a quota is shared by at least one executor");
        }
        return new Share(1.0 / executors);
    }

    /** Whether this part of a window holds at least one call, so that no window is ever exceeded by all parts together. */
    public boolean isStrictFor(int calls) {
        return wholeCalls(calls) >= 1;
    }

    /** The calls of one window, 0 when the part is below one. */
    int wholeCalls(int calls) {
        // 1/49*49 is 0.999…: a hair is added before rounding down, far less than one call of any real quota.
        return (int) Math.floor(calls * fraction + 1e-9);
    }

    /** By how much a window is stretched when its part is below one call; 1 otherwise. */
    double stretch(int calls) {
        return isStrictFor(calls) ? 1 : 1 / (calls * fraction);
    }
}
