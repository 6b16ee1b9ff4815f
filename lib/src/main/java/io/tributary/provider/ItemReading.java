package io.tributary.provider;

import io.tributary.model.EntityKind;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import io.tributary.model.Profile;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a response says about one ask.
 *
 * @param reference the {@link Ask#reference()} it belongs to
 * @param reason a stable code in snake case, for instance {@code unknown_record}; empty on a plain match
 * @param credits what this item cost by the spec's rules, 0 or more; 0 where the outcome is unknown, and
 *     then the worst case has to be reckoned with
 * @param confidence 0..1; absent without data
 * @param profiles what was learnt, by entity: a person's answer may carry the company too
 * @param also keys of other entities that the profiles answer for as well
 * @param jobId of a pending answer: how the provider names the job, if it does; of an unknown one: the job that is no more
 * @param bodyPath where in the response body the item lies (a JSON pointer); empty for the whole body
 */
public record ItemReading(
        String reference,
        Outcome outcome,
        String reason,
        double credits,
        OptionalDouble confidence,
        Map<EntityKind, Profile> profiles,
        List<LookupKey> also,
        Optional<String> jobId,
        String bodyPath) {
    public ItemReading {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(reason, "reason");
        if (credits < 0 || Double.isNaN(credits)) {
            throw new IllegalArgumentException("credits must be 0 or more");
        }
        confidence.ifPresent(value -> {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("confidence must lie in 0..1");
            }
        });
        profiles = Map.copyOf(profiles);
        also = List.copyOf(also);
        Objects.requireNonNull(jobId, "jobId");
        Objects.requireNonNull(bodyPath, "bodyPath");
    }

    /** No answer, whatever it cost; what came with it about others is kept. */
    public ItemReading unbelieved(String why) {
        return new ItemReading(
                reference,
                Outcome.FAILED,
                why,
                credits,
                OptionalDouble.empty(),
                profiles,
                also,
                Optional.empty(),
                bodyPath);
    }

    /** The same reading with the name of its job. */
    ItemReading ofJob(Optional<String> job) {
        return new ItemReading(reference, outcome, reason, credits, confidence, profiles, also, job, bodyPath);
    }

    /** The same reading at another price. */
    ItemReading costing(double price) {
        return new ItemReading(reference, outcome, reason, price, confidence, profiles, also, jobId, bodyPath);
    }
}
