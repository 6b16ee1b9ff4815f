package io.tributary.provider;

import io.tributary.model.Outcome;
import java.util.Optional;

/**
 * What a response means under a condition: a verdict about the call, or an outcome for its asks.
 *
 * @param reason a stable code in snake case
 * @param alone with a batch that is parted: what it means for an ask that stands alone
 * @param names where a refusal names the fields that it means; anywhere if empty
 */
record Rule(
        Condition when,
        Optional<Verdict> verdict,
        Optional<Outcome> outcome,
        String reason,
        Optional<NodePath> names,
        Optional<Outcome> alone) {
    Rule {
        if (verdict.isPresent() == outcome.isPresent()) {
            throw new IllegalArgumentException("a rule gives a verdict or an outcome");
        }
    }
}
