package io.tributary.jobs.plan;

import io.tributary.jobs.plan.KeyPlan.Decision;
import io.tributary.journal.EntryKeys;
import io.tributary.merge.FreshnessPolicy;
import io.tributary.merge.KeyState;
import io.tributary.merge.LastAnswer;
import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.model.Outcome;
import io.tributary.provider.Operation;
import io.tributary.provider.Pending;
import io.tributary.wanted.Held;
import io.tributary.wanted.WantedFields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Decides about one key: pure, without a clock of its own. Thread-safe. */
final class KeyPlanner {
    private final ProviderCatalog catalog;
    private final Instant asOf;

    /** What was answered so short a time ago is not asked again, whoever forces it. */
    private static final Duration SETTLED = Duration.ofHours(12);

    KeyPlanner(ProviderCatalog catalog, Instant asOf) {
        this.catalog = catalog;
        this.asOf = asOf;
    }

    /**
     * @param known what history says of the key, in any order; several rows of one provider are allowed
     */
    KeyPlan plan(Question question, List<KnownAnswer> known) {
        EntityKind entity = question.entity();
        Identifiers inputs = question.inputs();
        if (known.stream().anyMatch(answer -> answer.outcome() == Outcome.SUPPRESSED)) {
            return KeyPlan.without(Decision.SUPPRESSED, "opt_out");
        }
        boolean forced = known.stream().anyMatch(answer -> isPassedOver(question, answer));
        List<KnownAnswer> counting = known.stream()
                .filter(answer ->
                        !forced || question.forced().contains(answer.provider()) && !isPassedOver(question, answer))
                .toList();
        boolean fresh = counting.stream().anyMatch(answer -> isFresh(question, answer));
        WantedFields wanted = catalog.wanted().of(entity);
        WantedFields missing = wanted.missing(held(question, counting), asOf);
        if (wanted.isEmpty() ? fresh : missing.isEmpty()) {
            return KeyPlan.without(Decision.CACHE_HIT, "fresh");
        }
        boolean someIsKnown = !wanted.isEmpty() && (fresh || !missing.equals(wanted));
        List<PlannedAsk> asks = new ArrayList<>();
        String reason = forced ? "forced" : someIsKnown ? missing.reason() : "";
        boolean saidNo = false;
        boolean held = false;
        boolean waits = false;
        boolean useless = false;
        for (String provider : question.order().orElseGet(() -> catalog.waterfall(entity))) {
            if (forced && !question.forced().contains(provider)) {
                continue;
            }
            Optional<KnownAnswer> own = standing(provider, own(question, known));
            // What is open by another key of the subject is no reason to ask by one that has just been told no.
            Optional<KnownAnswer> last =
                    own.filter(answer -> isFreshNo(question, answer)).or(() -> standing(provider, known));
            if (last.isPresent() && last.get().outcome() == Outcome.PENDING) {
                Optional<PlannedAsk> fetch = fetch(provider, inputs, last.get());
                fetch.ifPresent(asks::add);
                waits |= fetch.isEmpty();
                if (reason.isEmpty() && fetch.isPresent()) {
                    reason = "pending";
                }
                continue;
            }
            Optional<Operation> operation = catalog.operation(provider, entity, inputs);
            if (operation.isEmpty()) {
                continue;
            }
            if (!wanted.isEmpty() && !missing.anyOf(operation.get().brings())) {
                useless = true;
                continue;
            }
            double worst = operation.get().worstCaseCredits();
            String inputHash = EntryKeys.hash(operation.get().canonicalInput(inputs));
            KeyState state = last.map(answer ->
                            isPassedOver(question, answer) ? KeyState.STALE : state(question, answer, inputHash))
                    .orElse(KeyState.NEVER_ASKED);
            switch (state) {
                case NEVER_ASKED, STALE, NEGATIVE_EXPIRED, FAILED ->
                    asks.add(new PlannedAsk(provider, epoch(last), PlannedAsk.Mode.ASK, worst));
                case UNKNOWN -> {
                    long asked = last.equals(own) ? last.get().epoch() : epoch(own);
                    switch (catalog.reAsk(provider)) {
                        case FREE -> asks.add(new PlannedAsk(provider, asked, PlannedAsk.Mode.ASK, worst));
                        case ASK_AGAIN -> asks.add(new PlannedAsk(provider, asked, PlannedAsk.Mode.AGAIN, worst));
                        case HOLD -> held = true;
                    }
                }
                case FRESH -> {
                    // It has said what it knows, and only its own values that are too old are worth asking for again.
                    if (missing.tooOld(held(question, last.get()), asOf)
                            .anyOf(operation.get().brings())) {
                        asks.add(new PlannedAsk(provider, epoch(last), PlannedAsk.Mode.ASK, worst));
                    }
                }
                case NEGATIVE, REJECTED -> saidNo = true;
                case PENDING, SUPPRESSED -> throw new IllegalStateException("decided above");
            }
            if (reason.isEmpty() && !asks.isEmpty()) {
                reason = state.name().toLowerCase(java.util.Locale.ROOT);
            }
        }
        if (question.order().isPresent()) {
            // A measured order goes by what is found for a credit, and what was accepted earlier costs none.
            asks.sort(Comparator.comparing(ask -> ask.mode() != PlannedAsk.Mode.RESUME));
        }
        List<PlannedAsk> sent = asks.stream()
                .filter(ask -> !question.withheld().contains(ask.provider()))
                .toList();
        List<String> withheld = asks.stream()
                .map(PlannedAsk::provider)
                .filter(question.withheld()::contains)
                .toList();
        if (!sent.isEmpty()) {
            return new KeyPlan(Decision.WORK, reason, sent, withheld, missing.paths());
        }
        if (!withheld.isEmpty()) {
            return new KeyPlan(
                    someIsKnown ? Decision.CACHE_HIT : Decision.NOT_ASKABLE,
                    "withheld",
                    List.of(),
                    withheld,
                    List.of());
        }
        if (waits) {
            return KeyPlan.without(Decision.HELD, "pending");
        }
        if (held) {
            return KeyPlan.without(Decision.HELD, "outcome_unknown");
        }
        if (someIsKnown) {
            return KeyPlan.without(Decision.CACHE_HIT, missing.reason());
        }
        if (saidNo) {
            return KeyPlan.without(Decision.NEGATIVE_HIT, "not_found");
        }
        return KeyPlan.without(
                Decision.NOT_ASKABLE, useless ? "no_provider_brings_what_is_wanted" : "no_provider_accepts_inputs");
    }

    /** Whether it is settled, and is asked again all the same. */
    private boolean isPassedOver(Question question, KnownAnswer answer) {
        return question.forced().contains(answer.provider())
                && answer.outcome().isAnswer()
                && answer.fetchedAt().isBefore(asOf.minus(SETTLED));
    }

    private List<Held> held(Question question, List<KnownAnswer> known) {
        return known.stream()
                .filter(answer -> answer.outcome().hasData())
                .map(answer -> held(question, answer))
                .toList();
    }

    private Held held(Question question, KnownAnswer answer) {
        return new Held(answer.profile(), answer.confidence(), answer.fetchedAt(), isFresh(question, answer));
    }

    private boolean isFresh(Question question, KnownAnswer answer) {
        return state(question, answer, "") == KeyState.FRESH;
    }

    private static List<KnownAnswer> own(Question question, List<KnownAnswer> known) {
        return question.key()
                .map(key -> known.stream()
                        .filter(answer -> answer.lookupKey().equals(key.text()))
                        .toList())
                .orElse(known);
    }

    private boolean isFreshNo(Question question, KnownAnswer answer) {
        return state(question, answer, answer.inputsHash()) == KeyState.NEGATIVE && !isPassedOver(question, answer);
    }

    /** A new ask could be billed anew, so without a way to fetch the answer a person has to decide. */
    private Optional<PlannedAsk> fetch(String provider, Identifiers inputs, KnownAnswer accepted) {
        Pending pending = new Pending(accepted.operation(), accepted.jobId());
        return catalog.resumption(provider, pending)
                .filter(operation -> operation.accepts(inputs))
                .map(operation -> new PlannedAsk(
                        provider,
                        accepted.epoch(),
                        PlannedAsk.Mode.RESUME,
                        Optional.of(pending),
                        operation.worstCaseCredits()));
    }

    private KeyState state(Question question, KnownAnswer answer, String inputHash) {
        FreshnessPolicy policy = catalog.freshness(answer.provider());
        return question.key()
                .map(policy::forKey)
                .orElse(policy)
                .stateOf(
                        Optional.of(new LastAnswer(
                                answer.outcome(), answer.confidence(), answer.fetchedAt(), answer.inputsHash())),
                        asOf,
                        inputHash);
    }

    /**
     * The newest answer, or what outlasts them all: pending before unknown before failed, so that a failure never hides an
     * earlier try that may have been bought.
     */
    private static Optional<KnownAnswer> standing(String provider, List<KnownAnswer> known) {
        List<KnownAnswer> here = known.stream()
                .filter(answer -> answer.provider().equals(provider))
                .toList();
        List<KnownAnswer> answers =
                here.stream().filter(answer -> answer.outcome().isAnswer()).toList();
        return here.stream()
                .filter(other -> !other.outcome().isAnswer())
                .filter(other -> answers.stream().allMatch(other::outlasts))
                .max(Comparator.<KnownAnswer>comparingInt(other -> weight(other.outcome()))
                        .thenComparing(KnownAnswer::fetchedAt))
                .or(() -> answers.stream().max(Comparator.comparing(KnownAnswer::fetchedAt)));
    }

    private static int weight(Outcome outcome) {
        return switch (outcome) {
            case MATCHED, PARTIAL, NOT_FOUND, REJECTED, SUPPRESSED -> 3;
            case PENDING -> 2;
            case UNKNOWN -> 1;
            case FAILED -> 0;
        };
    }

    /** An ask supersedes the last answer; after a failure there is none, so the failed ask's own epoch stands. */
    private static long epoch(Optional<KnownAnswer> last) {
        return last.map(answer ->
                        answer.outcome().isAnswer() ? answer.fetchedAt().getEpochSecond() : answer.epoch())
                .orElse(0L);
    }
}
