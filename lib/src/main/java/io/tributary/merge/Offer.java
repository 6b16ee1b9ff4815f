package io.tributary.merge;

import io.tributary.model.Field;
import java.util.Objects;
import java.util.Optional;

/**
 * What one answer offers for one field.
 *
 * @param value in its normal form
 * @param source the field of the answer that the value was worked out from; empty where the answer says it itself
 */
record Offer(Candidate by, Object value, Optional<Field> source) {

    Offer {
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(source, "source");
    }

    /** The rule as lineage tells it: what was worked out says from what. */
    String rule(FieldRule rule) {
        return rule.text() + source.map(field -> " from " + field.path()).orElse("");
    }

    boolean isOf(FieldLineage lineage) {
        return by.responseId().equals(lineage.responseId()) && by.provider().equals(lineage.provider());
    }
}
