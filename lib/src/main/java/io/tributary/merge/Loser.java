package io.tributary.merge;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * What an answer offered for a field and was not taken. The text form shows no values: they may describe a person.
 *
 * @param responseId the answer in history
 * @param confidence of the answer, 0 to 1
 * @param value what it offered, in its normal form and the text of {@link FieldValues#text}
 */
public record Loser(String provider, String responseId, Instant fetchedAt, double confidence, String value, Why why) {

    /** Why an offer was not taken. */
    public enum Why {
        /** The answer that was taken is surer. */
        LESS_SURE,
        /** The answer that was taken is newer. */
        OLDER,
        /** The provider that was taken comes earlier in the waterfall; or all is equal but for the ids of the answers. */
        LATER_IN_ORDER,
        /** It is not as sure as the rule demands. */
        BELOW_FLOOR,
        /** The CRM's own value stands, or its list holds all that was offered. */
        CRM_KEPT,
        /** No other provider says so. */
        NOT_AGREED;

        /** The word in golden tables: {@code less_sure}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Loser {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(responseId, "responseId");
        Objects.requireNonNull(fetchedAt, "fetchedAt");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(why, "why");
    }

    @Override
    public String toString() {
        return provider + "/" + responseId + " at " + fetchedAt + " " + why.id();
    }
}
