package io.tributary.provider;

import io.tributary.model.EntityKind;
import io.tributary.model.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an ask costs by its outcome.
 *
 * @param byOutcome credits; an outcome that is not named costs nothing
 * @param byEntity credits for each entity that an answer holds, on top
 * @param stated where a response states what the whole call cost; prevails, shared by the items with data
 * @param worst the most that one ask can cost
 */
record CreditRules(
        Map<Outcome, Double> byOutcome, Map<EntityKind, Double> byEntity, Optional<NodePath> stated, double worst) {
    CreditRules {
        byOutcome = Map.copyOf(byOutcome);
        byEntity = Map.copyOf(byEntity);
    }

    /** @param learnt the entities that the answer holds */
    double of(Outcome outcome, Set<EntityKind> learnt) {
        return byOutcome.getOrDefault(outcome, 0.0)
                + learnt.stream()
                        .mapToDouble(kind -> byEntity.getOrDefault(kind, 0.0))
                        .sum();
    }
}
