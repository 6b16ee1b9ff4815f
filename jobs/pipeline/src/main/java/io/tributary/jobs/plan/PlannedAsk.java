package io.tributary.jobs.plan;

import io.tributary.provider.Pending;
import java.util.Optional;

/**
 * One provider that may be asked about a key.
 *
 * @param epoch epoch seconds of the answer that this ask supersedes; 0 when the key was never answered here
 * @param pending what the provider accepted earlier; only where its answer is fetched
 * @param worstCredits the most it can cost
 */
public record PlannedAsk(String provider, long epoch, Mode mode, Optional<Pending> pending, double worstCredits) {
    public PlannedAsk {
        if (pending.isPresent() != (mode == Mode.RESUME)) {
            throw new IllegalArgumentException("what is resumed was accepted before, and only that");
        }
    }

    PlannedAsk(String provider, long epoch, Mode mode, double worstCredits) {
        this(provider, epoch, mode, Optional.empty(), worstCredits);
    }

    /** What an ask is to its provider. */
    public enum Mode {
        /** A new ask. */
        ASK,
        /** An earlier one may have been bought and its answer lost; the provider may bill this one too. */
        AGAIN,
        /** Resolves a pending answer, which is no new paid ask. */
        RESUME;

        /** As the work list has it. */
        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Mode of(String id) {
            return valueOf(id.toUpperCase(java.util.Locale.ROOT));
        }
    }
}
