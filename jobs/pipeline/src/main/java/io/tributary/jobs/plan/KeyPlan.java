package io.tributary.jobs.plan;

import java.util.List;

/**
 * What to do about one key.
 *
 * @param reason a stable code, for the work list and the golden row
 * @param asks providers in waterfall order; empty unless the decision is {@link Decision#WORK}
 * @param withheld providers that would be asked, and that nothing may be sent to
 * @param missing the paths of the wanted fields that are asked for; empty where nothing in particular is wanted
 */
public record KeyPlan(
        Decision decision, String reason, List<PlannedAsk> asks, List<String> withheld, List<String> missing) {
    /** Why a key is asked, or is not. */
    public enum Decision {
        /** A fresh answer is in history, or all that is wanted, or all of it that anybody could still bring. */
        CACHE_HIT,
        /** Everyone who could be asked has said no, and that is still fresh. */
        NEGATIVE_HIT,
        /** To be asked. */
        WORK,
        /** No provider accepts what is known of the subject and may be sent it, or none of these can bring what is wanted. */
        NOT_ASKABLE,
        /** An unknown outcome that a person must decide about. */
        HELD,
        /** The subject must not be sent to anyone. */
        SUPPRESSED
    }

    public KeyPlan {
        asks = List.copyOf(asks);
        withheld = List.copyOf(withheld);
        missing = List.copyOf(missing);
        if (asks.isEmpty() == (decision == Decision.WORK)) {
            throw new IllegalArgumentException("work has asks, everything else has none");
        }
    }

    static KeyPlan without(Decision decision, String reason) {
        return new KeyPlan(decision, reason, List.of(), List.of(), List.of());
    }
}
