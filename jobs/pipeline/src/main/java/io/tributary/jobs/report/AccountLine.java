package io.tributary.jobs.report;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Our count of a provider's credits beside the provider's own.
 *
 * @param before what the account had left before the calls; empty if it was not told
 * @param after what it had left after them; empty if it was not told
 * @param byProvider what the account spent in between; empty if it can't be told
 * @param byUs what the answers of the run cost by the provider's file
 */
public record AccountLine(
        String provider, OptionalDouble before, OptionalDouble after, OptionalDouble byProvider, double byUs) {
    public AccountLine {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(byProvider, "byProvider");
    }

    /**
     * Whether the two counts can't both be right.
     *
     * @param uncertain the most that asks of unknown outcome may have cost besides
     */
    public boolean contradicts(double uncertain) {
        double more = byProvider.orElse(byUs) - byUs;
        return more < -1e-6 || more > uncertain + 1e-6;
    }
}
