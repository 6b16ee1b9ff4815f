package io.tributary.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Profile;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Short words for merges in tests. */
final class Merges {
    static final Instant MONDAY = Instant.parse("2026-03-02T02:00:00Z");
    static final Instant TUESDAY = MONDAY.plusSeconds(86_400);
    private static final List<String> WATERFALL = List.of("hunter", "apollo");
    static final Profile NOBODY = Profile.empty(EntityKind.PERSON);

    static Candidate answer(String provider, Instant at, double confidence, Field field, Object value) {
        return new Candidate(
                provider,
                provider + "-" + at,
                at,
                confidence,
                Profile.empty(field.entity()).with(field, value));
    }

    static FieldRules rules(String field, String rule) {
        FieldRules.Parsed parsed = FieldRules.parse(Map.of(field, rule), FieldRules.defaults());
        assertEquals(List.of(), parsed.faults());
        return parsed.rules();
    }

    static Merged merge(FieldRules rules, Profile crm, Map<Field, FieldLineage> before, Candidate... answers) {
        return rules.merge(crm.entity(), crm, before, List.of(answers), WATERFALL);
    }

    static List<String> losers(Merged merged, Field field) {
        return merged.losers().getOrDefault(field, List.of()).stream()
                .map(loser -> loser.provider() + " " + loser.why().id() + " " + loser.value())
                .toList();
    }

    private Merges() {}
}
