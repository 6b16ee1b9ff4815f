package io.tributary.quota;

import java.time.Duration;
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
 * @param brokenNanos how long its circuit stays open from now on, 0 if it is closed
 * @param closed why nobody should ask the provider any more, if that is so
 * @param stalledNanos how long calls waited in all, by what for
 */
public record Report(
        long number,
        List<Use> windows,
        long sent,
        long refused,
        long pausedNanos,
        long brokenNanos,
        Optional<String> closed,
        Map<Stalls.Cause, Long> stalledNanos) {
    /** Into how many steps of its length the occupation of a short window is told. */
    private static final int PARTS = 8;

    /** The same of a long one: a quarter of an hour of a day. */
    private static final int PARTS_OF_LONG = 96;

    private static final Duration LONG = Duration.ofMinutes(10);

    public Report {
        windows = List.copyOf(windows);
        stalledNanos = Map.copyOf(stalledNanos);
        Objects.requireNonNull(closed, "closed");
    }

    /** Into how many steps the occupation of a window is told at the most. */
    static int parts(long lengthNanos) {
        return lengthNanos < LONG.toNanos() ? PARTS : PARTS_OF_LONG;
    }

    /** Answered calls that all have left a window so long after the report was made. */
    public record Leaving(long inNanos, int calls) {}

    /**
     * What a provider said of a window.
     *
     * @param limit how many calls it takes, -1 where that was not said
     * @param used how many were counted in it, -1 where that was not said
     * @param own how many calls of this executor may have been among these at the most
     * @param agoNanos how long before the report it was said
     */
    public record Told(int limit, int used, int own, long agoNanos) {}

    /**
     * One window, as one executor uses it.
     *
     * @param held how many calls of this executor may occupy it at once: never more than it was granted
     * @param inFlight calls without an answer yet
     * @param leaving answered calls that occupy it still, by when they leave it, soonest first
     * @param wants further calls that it could send now if it might
     * @param unit what its largest call counts, at least 1: less is of no use to it
     * @param told what the provider said of it since the report before
     */
    public record Use(
            WindowId id, int held, int inFlight, List<Leaving> leaving, int wants, int unit, Optional<Told> told) {
        public Use {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(told, "told");
            leaving = List.copyOf(leaving);
            if (held < 0 || inFlight < 0 || wants < 0 || unit < 1) {
                throw new IllegalArgumentException("calls are never negative, and a call counts at least one");
            }
        }

        /** The same of somebody who holds so much. */
        public Use holding(int calls) {
            return new Use(id, calls, inFlight, leaving, wants, unit, told);
        }

        /** Calls that occupy the window. */
        public int occupied() {
            int sum = inFlight;
            for (Leaving some : leaving) {
                sum += some.calls();
            }
            return sum;
        }
    }
}
