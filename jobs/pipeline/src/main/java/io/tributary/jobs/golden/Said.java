package io.tributary.jobs.golden;

import io.tributary.merge.Candidate;
import io.tributary.merge.Heard;
import io.tributary.merge.LastAnswer;
import io.tributary.merge.NextLook;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Outcome;
import io.tributary.model.Profile;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.apache.spark.sql.Row;

/** One row of history, as far as a golden record needs it. */
public record Said(
        String lookupKey,
        String provider,
        Outcome outcome,
        String reason,
        String responseId,
        Instant fetchedAt,
        double confidence,
        String operation,
        long epoch,
        Profile profile)
        implements Heard {
    private static final Comparator<Said> LATER =
            Comparator.comparing(Said::fetchedAt).thenComparing(Said::responseId);

    static Said of(EntityKind entity, Row row) {
        return of(entity, row, row.getAs("profile"));
    }

    /** The same of a row of history itself. */
    static Said ofHistory(EntityKind entity, Row row) {
        return of(entity, row, row.getAs(entity.id()));
    }

    /** The name of a kind of outcome, in the column that {@code GoldenStep.answers} groups by. */
    enum Way {
        DATA,
        NO_DATA,
        NO_ANSWER;

        static Way of(Outcome outcome) {
            return outcome.hasData() ? DATA : outcome.isAnswer() ? NO_DATA : NO_ANSWER;
        }
    }

    /**
     * Of each provider the newest data, and the newest of all else.
     *
     * @param all rows about one subject, in any order; of each key, provider and {@link Way} the newest is enough
     */
    static List<Said> newest(Collection<Said> all) {
        Map<String, List<Said>> byProvider = new LinkedHashMap<>();
        all.forEach(one -> byProvider
                .computeIfAbsent(one.provider(), provider -> new ArrayList<>())
                .add(one));
        return byProvider.values().stream()
                .flatMap(here -> newestOfOne(here).stream())
                .toList();
    }

    private static Collection<Said> newestOfOne(List<Said> here) {
        List<Said> answers =
                here.stream().filter(one -> one.outcome().isAnswer()).toList();
        Map<Way, Said> newest = new EnumMap<>(Way.class);
        here.stream()
                .filter(one -> one.outcome().isAnswer() || answers.stream().allMatch(one::outlasts))
                .forEach(one -> newest.merge(Way.of(one.outcome()), one, BinaryOperator.maxBy(LATER)));
        if (newest.containsKey(Way.NO_ANSWER)) {
            newest.remove(Way.NO_DATA);
        }
        return newest.values();
    }

    private static Said of(EntityKind entity, Row row, Row struct) {
        Double confidence = row.getAs("confidence");
        String reason = row.getAs("reason");
        return new Said(
                row.getAs("lookup_key"),
                row.getAs("provider"),
                Outcome.valueOf(row.getAs("outcome")),
                reason == null ? "" : reason,
                row.getAs("response_id"),
                row.<Timestamp>getAs("fetched_at").toInstant(),
                confidence == null ? Double.NaN : confidence,
                row.getAs("operation"),
                row.<Long>getAs("epoch"),
                profile(entity, struct));
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

    NextLook.Said heard() {
        return new NextLook.Said(provider, new LastAnswer(outcome, confidence, fetchedAt, ""));
    }

    Candidate candidate() {
        return new Candidate(provider, responseId, fetchedAt, confidence, profile);
    }
}
