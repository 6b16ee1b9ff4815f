package io.tributary.sandbox.dialect;

import io.tributary.sandbox.quota.WindowUse;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What providers say about their windows in headers. */
final class RateHeaders {
    private RateHeaders() {}

    /** The window with the least room. */
    static Optional<WindowUse> tightest(List<WindowUse> windows) {
        return windows.stream().min(Comparator.comparingInt(WindowUse::remaining));
    }

    /** Unix seconds, rounded up: at that second there is room. */
    static String epochSeconds(long epochNanos) {
        return Long.toString(Math.floorDiv(epochNanos + 999_999_999L, 1_000_000_000L));
    }
}
