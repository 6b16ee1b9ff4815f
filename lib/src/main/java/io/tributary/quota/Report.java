package io.tributary.quota;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an executor tells the coordinator about its use of one provider's quota. Sums count since the executor began, so a
 * report that is lost is made good by the next.
 *
 * @param number counts reports; only the answer to the newest one is followed
 * @param windows every window that it has to do with
 * @param sent calls sent in all
 * @param refused calls refused for the rate in all
 * @param pausedNanos how long it was told to stay away from now on, 0 if it wasn't
 * @param closed why nobody should ask the provider any more, if that is so
 * @param stalledNanos how long calls waited in all, by what for
 */
public record Report(
        long number,
        List<Use> windows,
        long sent,
        long refused,
        long pausedNanos,
        Optional<String> closed,
        Map<Stalls.Cause, Long> stalledNanos) {
    /** Into how many parts of its length a window's occupation is told. */
    public static final int PARTS = 8;

    public Report {
        windows = List.copyOf(windows);
        stalledNanos = Map.copyOf(stalledNanos);
        Objects.requireNonNull(closed, "closed");
    }

    /**
     * One window, as one executor uses it.
     *
     * @param held how many calls of this executor may occupy it at once: never more than it was granted
     * @param inFlight calls without an answer yet
     * @param leaving answered calls that occupy it still, by the {@link #PARTS part} of a length in which they leave it
     * @param wants further calls that it could send now if it might
     * @param unit what its largest call counts, at least 1: less is of no use to it
     */
    public record Use(WindowId id, int held, int inFlight, List<Integer> leaving, int wants, int unit) {
        public Use {
            Objects.requireNonNull(id, "id");
            leaving = List.copyOf(leaving);
            if (held < 0 || inFlight < 0 || wants < 0 || unit < 1) {
                throw new IllegalArgumentException("calls are never negative, and a call counts at least one");
            }
        }

        /** Calls that occupy the window. */
        public int occupied() {
            int sum = inFlight;
            for (int calls : leaving) {
                sum += calls;
            }
            return sum;
        }
    }
}
