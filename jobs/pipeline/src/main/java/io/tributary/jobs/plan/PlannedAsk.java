package io.tributary.jobs.plan;

/**
 * One provider that may be asked about a key.
 *
 * @param epoch epoch seconds of the answer that this ask supersedes; 0 when the key was never answered here
 * @param jobId how to resume; empty when the provider gave no id
 * @param worstCredits the most it can cost
 */
public record PlannedAsk(String provider, long epoch, Mode mode, String jobId, double worstCredits) {
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
