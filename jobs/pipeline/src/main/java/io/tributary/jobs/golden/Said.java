package io.tributary.jobs.golden;

import io.tributary.merge.Candidate;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Outcome;
import io.tributary.model.Profile;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;

/** One row of history, as far as a golden record needs it. */
public record Said(
        String provider,
        Outcome outcome,
        String reason,
        String responseId,
        Instant fetchedAt,
        double confidence,
        Profile profile) {

    static Said of(EntityKind entity, Row row) {
        Double confidence = row.getAs("confidence");
        String reason = row.getAs("reason");
        return new Said(
                row.getAs("provider"),
                Outcome.valueOf(row.getAs("outcome")),
                reason == null ? "" : reason,
                row.getAs("response_id"),
                row.<Timestamp>getAs("fetched_at").toInstant(),
                confidence == null ? Double.NaN : confidence,
                profile(entity, row.getAs("profile")));
    }

    /**
     * A profile from the columns that are named as in the golden tables.
     *
     * @param struct a struct of history or a golden row; null for nothing known
     */
    public static Profile profile(EntityKind entity, Row struct) {
        Profile profile = Profile.empty(entity);
        if (struct == null) {
            return profile;
        }
        for (Field field : Field.of(entity)) {
            int index = struct.fieldIndex(field.column());
            if (struct.isNullAt(index)) {
                continue;
            }
            Object value =
                    switch (field.type()) {
                        case STRING -> struct.getString(index);
                        case LONG -> struct.getLong(index);
                        case STRING_LIST -> List.copyOf(struct.<String>getList(index));
                    };
            profile = profile.with(field, value);
        }
        return profile;
    }

    boolean hasData() {
        return outcome.hasData() && !profile.isEmpty();
    }

    Candidate candidate() {
        return new Candidate(provider, responseId, fetchedAt, confidence, profile);
    }
}
