package io.tributary.quota;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The coordinator's answer to a {@link Report}: what the executor may do, and for how long. Without a newer one it starts no
 * call after its end.
 *
 * @param number that of the report
 * @param lengthNanos counted by the executor's elapsed clock from the <em>sending</em> of its report, so that it ends for
 *     the executor before it ends for the coordinator
 * @param againNanos when to report next, unless calls wait for a larger part
 * @param pausedNanos nobody calls for so long; 0 for no pause
 * @param brokenNanos the circuit of another executor stays open for so long; 0 if none is
 * @param closed why nobody asks the provider any more, if that is so
 */
public record Lease(
        long number,
        long lengthNanos,
        List<Grant> grants,
        long againNanos,
        long pausedNanos,
        long brokenNanos,
        Optional<String> closed) {
    public Lease {
        grants = List.copyOf(grants);
        Objects.requireNonNull(closed, "closed");
    }

    /**
     * A part of a window.
     *
     * @param held how many calls of the executor may occupy it at once
     * @param target what it should come down to, as calls leave the window, if it holds more
     */
    public record Grant(WindowId id, int held, int target) {
        public Grant {
            Objects.requireNonNull(id, "id");
            if (held < 0 || target < 0) {
                throw new IllegalArgumentException("parts are never negative");
            }
        }
    }
}
