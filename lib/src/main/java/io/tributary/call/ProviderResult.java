package io.tributary.call;

import io.tributary.model.EntityKind;
import io.tributary.model.Outcome;
import io.tributary.model.Profile;
import io.tributary.provider.Pending;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What became of one key at one provider.
 *
 * @param operation empty when none took the key's inputs
 * @param outcome {@link Outcome#FAILED} also when the provider was not asked, see {@code source}
 * @param reason a stable code in snake case; empty on a plain match
 * @param credits what was spent for it in this attempt of the work
 * @param repeatPossible whether it was asked again although an earlier ask may have been bought
 * @param pending how to fetch the answer, where it is pending and the provider gave it a name or needs none
 * @param profiles what was learnt
 */
public record ProviderResult(
        String provider,
        String operation,
        Outcome outcome,
        String reason,
        Source source,
        double credits,
        OptionalDouble confidence,
        boolean repeatPossible,
        Optional<Pending> pending,
        Map<EntityKind, Profile> profiles) {
    /** Where the outcome comes from. */
    public enum Source {
        /** Calls of this attempt. */
        ASKED,
        /** The journal of an earlier attempt. */
        REPLAYED,
        /** No call was made. */
        NOT_ASKED
    }

    public ProviderResult {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(pending, "pending");
        profiles = Map.copyOf(profiles);
    }

    static ProviderResult notAsked(String provider, String operation, Outcome outcome, String reason) {
        return new ProviderResult(
                provider,
                operation,
                outcome,
                reason,
                Source.NOT_ASKED,
                0,
                OptionalDouble.empty(),
                false,
                Optional.empty(),
                Map.of());
    }
}
