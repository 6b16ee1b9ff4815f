package io.tributary.jobs.explain;

import io.tributary.merge.FieldLineage;
import io.tributary.merge.FieldValues;
import io.tributary.merge.Loser;
import io.tributary.model.Field;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How one field came to its value. Values are texts in the form of {@link FieldValues#text}.
 *
 * @param typed what the CRM holds
 * @param value what the golden row holds
 * @param rule the rule by which an answer's value was taken, or else the field's rule of today
 * @param candidates every answer's offer, the one that was taken first
 * @param derives whether the merge comes to the same value by the same answer again
 * @param again what it comes to instead; empty where that is nothing, or the same
 * @param why it does not derive; empty if it does
 */
public record FieldStory(
        Field field,
        Optional<String> typed,
        Optional<String> value,
        String rule,
        List<Candidate> candidates,
        boolean derives,
        Optional<String> again,
        String why) {
    /** What becomes of a candidate, beside the reasons of {@link Loser.Why}. */
    static final String TAKEN = "taken";

    /** The same provider has said something newer. */
    static final String SUPERSEDED = "superseded";

    /** The field's rule takes nothing from answers. */
    static final String NEVER = "never";

    static final String SUPPRESSED = "suppressed";

    /** It came along with an answer about somebody else, of a provider that is not asked about this entity. */
    static final String NOT_IN_WATERFALL = "not_in_waterfall";

    /** It is not what stands, and would be taken if the row were merged now. */
    static final String TAKEN_TODAY = "taken_today";

    static final String NOT_TAKEN = "not_taken";

    public FieldStory {
        candidates = List.copyOf(candidates);
    }

    /** What an answer offered, and what became of it. */
    public record Candidate(
            String provider, String responseId, Instant fetchedAt, double confidence, String value, String fate) {
        static Candidate taken(FieldLineage from) {
            return new Candidate(
                    from.provider(), from.responseId(), from.fetchedAt(), from.confidence(), from.value(), TAKEN);
        }

        static Candidate of(Loser loser) {
            return new Candidate(
                    loser.provider(),
                    loser.responseId(),
                    loser.fetchedAt(),
                    loser.confidence(),
                    loser.value(),
                    loser.why().id());
        }
    }

    /** Whether a provider gave the value that stands. */
    public boolean isEnriched() {
        return candidates.stream().anyMatch(candidate -> candidate.fate().equals(TAKEN));
    }
}
