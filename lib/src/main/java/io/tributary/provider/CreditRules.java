package io.tributary.provider;

import io.tributary.model.Outcome;
import java.util.Map;
import java.util.Optional;

/**
 * What an ask costs by its outcome.
 *
 * @param byOutcome credits; an outcome that is not named costs nothing
 * @param stated where a response states what the whole call cost; prevails, shared by the items with data
 * @param worst the most that one ask can cost
 */
record CreditRules(Map<Outcome, Double> byOutcome, Optional<NodePath> stated, double worst) {
    CreditRules {
        byOutcome = Map.copyOf(byOutcome);
    }

    double of(Outcome outcome) {
        return byOutcome.getOrDefault(outcome, 0.0);
    }
}
