package io.tributary.coordinator;

import io.tributary.quota.Stalls;
import java.util.Map;

/**
 * What became of one provider's quota in a run.
 *
 * @param allowed the most calls that its windows would have let through while the run was at it; -1 where none bounds them
 * @param sent calls sent
 * @param refused of these, refused for the rate
 * @param stalledNanos how long calls waited, by what for, over all executors
 * @param others the most calls in one window that somebody else made with the same key, as the provider's headers tell
 */
public record QuotaUse(
        String provider, long allowed, long sent, long refused, Map<Stalls.Cause, Long> stalledNanos, int others) {
    public QuotaUse {
        stalledNanos = Map.copyOf(stalledNanos);
    }
}
