package io.tributary.wanted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

/** Laws over a small world, so that ages and confidences often meet their bounds. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class WantedFieldsLawsTest {
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");
    private static final List<Field> FIELDS =
            List.of(Field.PERSON_EMAIL, Field.PERSON_TITLE, Field.PERSON_PHONE, Field.PERSON_CITY);

    /** What a rule says, told without the code under test. */
    record Rule(Optional<Double> above, Optional<Integer> days) {
        String text() {
            String text = above.map(bound -> "above " + bound + " ").orElse("")
                    + days.map(most -> "max-age " + most + "d").orElse("");
            return text.isEmpty() ? "any" : text;
        }

        boolean takes(Held held) {
            boolean sure = above.isEmpty() || held.confidence() > above.get();
            long age = Duration.between(held.fetchedAt(), TONIGHT).toDays();
            return sure && days.map(most -> age < most).orElse(held.fresh());
        }
    }

    private static WantedFields wanted(Map<Field, Rule> rules) {
        Map<String, String> written = new HashMap<>();
        rules.forEach((field, rule) -> written.put(field.path(), rule.text()));
        WantedFields.Parsed parsed = WantedFields.parse(EntityKind.PERSON, written);
        assertEquals(List.of(), parsed.faults());
        return parsed.wanted();
    }

    @Property
    void aFieldIsMissingExactlyIfNoAnswerPassesItsRule(
            @ForAll("rules") Map<Field, Rule> rules, @ForAll("answers") List<Held> answers) {
        Set<Field> expected = EnumSet.noneOf(Field.class);
        rules.forEach((field, rule) -> {
            if (answers.stream().noneMatch(one -> one.profile().value(field).isPresent() && rule.takes(one))) {
                expected.add(field);
            }
        });
        assertEquals(expected, wanted(rules).missing(answers, TONIGHT).fields());
    }

    @Property
    void theOrderOfAnswersDoesNotMatterAndOneMoreNeverLeavesMoreMissing(
            @ForAll("rules") Map<Field, Rule> rules,
            @ForAll("answers") List<Held> answers,
            @ForAll("answer") Held another,
            @ForAll Random random) {
        WantedFields wanted = wanted(rules);
        WantedFields missing = wanted.missing(answers, TONIGHT);
        List<Held> more = new ArrayList<>(answers);
        more.add(another);
        Collections.shuffle(more, random);
        WantedFields then = wanted.missing(more, TONIGHT);
        assertTrue(missing.fields().containsAll(then.fields()));
        assertEquals(then, missing.missing(List.of(another), TONIGHT), "history first, then what comes: all at once");
    }

    @Property
    void anAnswerOfNowCoversWhateverItsAgeWouldHaveDenied(
            @ForAll("rules") Map<Field, Rule> rules, @ForAll("answer") Held answer) {
        WantedFields wanted = wanted(rules);
        WantedFields after = wanted.after(answer.profile(), answer.confidence());
        assertTrue(wanted.missing(List.of(answer), TONIGHT).fields().containsAll(after.fields()));
        Set<Field> tooOld = wanted.tooOld(answer, TONIGHT).fields();
        assertTrue(Collections.disjoint(tooOld, after.fields()), "asked again, it would bring what was too old");
    }

    @Provide
    Arbitrary<Map<Field, Rule>> rules() {
        Arbitrary<Rule> rule = Combinators.combine(
                        Arbitraries.of(0.0, 0.5, 0.8).optional(),
                        Arbitraries.of(0, 10, 60).optional())
                .as(Rule::new);
        return Arbitraries.maps(Arbitraries.of(FIELDS), rule).ofMinSize(1);
    }

    @Provide
    Arbitrary<Held> answer() {
        return Combinators.combine(
                        Arbitraries.of(FIELDS).set().ofMaxSize(3),
                        Arbitraries.of(0.0, 0.5, 0.6, 0.8, 0.9),
                        Arbitraries.of(0, 9, 10, 29, 30, 59, 60))
                .as((fields, confidence, days) -> {
                    Profile profile = Profile.empty(EntityKind.PERSON);
                    for (Field field : fields) {
                        profile = profile.with(field, "some");
                    }
                    return new Held(profile, confidence, TONIGHT.minus(Duration.ofDays(days)), days < 30);
                });
    }

    @Provide
    Arbitrary<List<Held>> answers() {
        return answer().list().ofMaxSize(4);
    }
}
