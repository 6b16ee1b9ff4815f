package io.tributary.merge;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where one enriched value came from. The value is the field of that answer in its {@linkplain NormalForm normal form},
 * or what is read from another field of it where the rule ends in {@code from} and that field. Under {@code agreed} a list
 * keeps of it what the list of another provider among the {@linkplain Loser losers} has too. Under {@code unite} all that
 * follows the previous list. The text form shows no values: they may describe a person.
 *
 * @param responseId the answer in history
 * @param confidence of the answer, 0 to 1
 * @param rule the rule that took it, as settings write it
 * @param value what was supplied, in the form of {@link FieldValues#text}
 * @param previous what the CRM held in its place, in the same form; absent when it held nothing
 */
public record FieldLineage(
        String provider,
        String responseId,
        Instant fetchedAt,
        double confidence,
        String rule,
        String value,
        Optional<String> previous) {

    public FieldLineage {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(responseId, "responseId");
        Objects.requireNonNull(fetchedAt, "fetchedAt");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(previous, "previous");
    }

    @Override
    public String toString() {
        return provider + "/" + responseId + " at " + fetchedAt + " by " + rule;
    }
}
