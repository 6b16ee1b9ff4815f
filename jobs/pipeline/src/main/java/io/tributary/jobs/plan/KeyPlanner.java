package io.tributary.jobs.plan;

import io.tributary.jobs.plan.KeyPlan.Decision;
import io.tributary.journal.EntryKeys;
import io.tributary.merge.KeyState;
import io.tributary.merge.LastAnswer;
import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.model.Outcome;
import io.tributary.provider.Operation;
import io.tributary.provider.ReAsk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Decides about one key: pure, without a clock of its own. Thread-safe. */
final class KeyPlanner {
    private final ProviderCatalog catalog;
    private final Instant asOf;

    KeyPlanner(ProviderCatalog catalog, Instant asOf) {
        this.catalog = catalog;
        this.asOf = asOf;
    }

    /**
     * @param known what history says of the key, in any order; several rows of one provider are allowed
     */
    KeyPlan plan(EntityKind entity, Identifiers inputs, List<KnownAnswer> known) {
        List<PlannedAsk> asks = new ArrayList<>();
        String reason = "";
        boolean saidNo = false;
        boolean held = false;
        for (KnownAnswer answer : known) {
            if (answer.outcome() == Outcome.SUPPRESSED) {
                return KeyPlan.without(Decision.SUPPRESSED, "opt_out");
            }
            if (state(answer, "") == KeyState.FRESH) {
                return KeyPlan.without(Decision.CACHE_HIT, "fresh");
            }
        }
        for (String provider : catalog.waterfall(entity)) {
            Optional<Operation> operation = catalog.operation(provider, entity, inputs);
            if (operation.isEmpty()) {
                continue;
            }
            double worst = operation.get().worstCaseCredits();
            String inputHash = EntryKeys.hash(operation.get().canonicalInput(inputs));
            Optional<KnownAnswer> last = newest(provider, known);
            KeyState state = last.map(answer -> state(answer, inputHash)).orElse(KeyState.NEVER_ASKED);
            switch (state) {
                case NEVER_ASKED, STALE, NEGATIVE_EXPIRED, FAILED ->
                    asks.add(new PlannedAsk(provider, epoch(last), false, "", worst));
                case PENDING ->
                    asks.add(new PlannedAsk(
                            provider, last.get().epoch(), true, last.get().jobId(), worst));
                case UNKNOWN -> {
                    if (catalog.reAsk(provider) == ReAsk.HOLD) {
                        held = true;
                    } else {
                        asks.add(new PlannedAsk(provider, last.get().epoch(), false, "", worst));
                    }
                }
                case NEGATIVE, REJECTED -> saidNo = true;
                case FRESH, SUPPRESSED -> throw new IllegalStateException("decided above");
            }
            if (reason.isEmpty() && !asks.isEmpty()) {
                reason = state.name().toLowerCase(java.util.Locale.ROOT);
            }
        }
        if (!asks.isEmpty()) {
            return new KeyPlan(Decision.WORK, reason, asks);
        }
        if (held) {
            return KeyPlan.without(Decision.HELD, "outcome_unknown");
        }
        return saidNo
                ? KeyPlan.without(Decision.NEGATIVE_HIT, "not_found")
                : KeyPlan.without(Decision.NOT_ASKABLE, "no_provider_accepts_inputs");
    }

    private KeyState state(KnownAnswer answer, String inputHash) {
        return catalog.freshness(answer.provider())
                .stateOf(
                        Optional.of(new LastAnswer(
                                answer.outcome(), answer.confidence(), answer.fetchedAt(), answer.inputsHash())),
                        asOf,
                        inputHash);
    }

    private static Optional<KnownAnswer> newest(String provider, List<KnownAnswer> known) {
        return known.stream()
                .filter(answer -> answer.provider().equals(provider))
                .max(Comparator.comparing(KnownAnswer::fetchedAt));
    }

    /** An ask supersedes the last answer; after a failure there is none, so the failed ask's own epoch stands. */
    private static long epoch(Optional<KnownAnswer> last) {
        return last.map(answer ->
                        answer.outcome().isAnswer() ? answer.fetchedAt().getEpochSecond() : answer.epoch())
                .orElse(0L);
    }
}
