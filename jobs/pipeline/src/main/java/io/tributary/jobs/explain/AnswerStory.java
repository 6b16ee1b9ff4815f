package io.tributary.jobs.explain;

import io.tributary.jobs.golden.Said;
import io.tributary.model.EntityKind;
import io.tributary.model.Profile;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;

/**
 * One row of history about the record, whatever it says.
 *
 * @param key the key under which it stands: the record's own or an alias
 * @param carriedBy the answer about somebody else that it came with
 * @param profile what it says of the record's entity; empty where it says nothing
 */
public record AnswerStory(
        String key,
        String provider,
        String operation,
        String outcome,
        String reason,
        Instant fetchedAt,
        OptionalDouble confidence,
        double credits,
        String responseId,
        Optional<String> carriedBy,
        String runId,
        Profile profile) {
    static AnswerStory of(EntityKind entity, Row row) {
        Double confidence = row.getAs("confidence");
        Double credits = row.getAs("credits");
        return new AnswerStory(
                row.getAs("lookup_key"),
                row.getAs("provider"),
                text(row, "operation"),
                row.getAs("outcome"),
                text(row, "reason"),
                row.<Timestamp>getAs("fetched_at").toInstant(),
                confidence == null ? OptionalDouble.empty() : OptionalDouble.of(confidence),
                credits == null ? 0 : credits,
                row.getAs("response_id"),
                Optional.ofNullable(row.getAs("carried_by")),
                text(row, "run_id"),
                Said.profile(entity, row.getAs(entity.id())));
    }

    private static String text(Row row, String column) {
        String text = row.getAs(column);
        return text == null ? "" : text;
    }

    /** Whether it gives values. */
    boolean hasData() {
        return (outcome.equals("MATCHED") || outcome.equals("PARTIAL")) && !profile.isEmpty();
    }
}
