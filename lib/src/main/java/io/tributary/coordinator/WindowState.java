package io.tributary.coordinator;

import io.tributary.quota.Report;
import java.util.List;

/**
 * A window that several share, as it is written down. Times are nanoseconds of the clock that all of them read: between runs,
 * of the epoch.
 *
 * @param parts who holds how much
 * @param left what may still count of those that are gone
 */
public record WindowState(List<Part> parts, List<Left> left) {
    static final WindowState EMPTY = new WindowState(List.of(), List.of());

    public WindowState {
        parts = List.copyOf(parts);
        left = List.copyOf(left);
    }

    /**
     * One holder's part.
     *
     * @param held how many of its calls may occupy the window at once
     * @param demand how many it could use
     * @param occupied how many do occupy it
     * @param unit what its largest call counts
     * @param leaving answered calls, by when they leave after {@code seenNanos}
     */
    public record Part(
            String holder,
            int priority,
            int weight,
            int held,
            int demand,
            int occupied,
            int unit,
            List<Report.Leaving> leaving,
            long seenNanos) {
        public Part {
            leaving = List.copyOf(leaving);
        }
    }

    /** Calls of holders that are gone, and when they count no more. */
    public record Left(long atNanos, int calls) {}

    boolean isEmpty() {
        return parts.isEmpty() && left.isEmpty();
    }
}
