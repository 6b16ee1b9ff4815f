package io.tributary.merge;

import static io.tributary.merge.Merges.MONDAY;
import static io.tributary.merge.Merges.NOBODY;
import static io.tributary.merge.Merges.TUESDAY;
import static io.tributary.merge.Merges.answer;
import static io.tributary.merge.Merges.merge;
import static io.tributary.merge.Merges.rules;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FieldRulesTest {
    @Test
    void fillsAnEmptyFieldAndTellsWhereTheValueCameFrom() {
        Merged merged = merge(
                FieldRules.defaults(), NOBODY, Map.of(), answer("hunter", MONDAY, 0.7, Field.PERSON_CITY, "Paris"));

        assertEquals(Map.of(Field.PERSON_CITY, "Paris"), merged.values());
        assertEquals(
                new FieldLineage("hunter", "hunter-" + MONDAY, MONDAY, 0.7, "fill-empty", "Paris", Optional.empty()),
                merged.lineage().get(Field.PERSON_CITY));
        assertEquals(1, merged.filled());
        assertEquals(0, merged.replaced());
    }

    @Test
    void theirTextTellsRulesAndFormsApart() {
        FieldRules rules = FieldRules.defaults();
        assertEquals(rules.text(), FieldRules.defaults().text());
        FieldRules sure = FieldRules.parse(Map.of("person:location.city", "fill-empty above 0.9"), rules)
                .rules();
        assertFalse(rules.text().equals(sure.text()));
        assertFalse(
                rules.text().equals(rules.normalising(List.of(NormalForm.PHONE)).text()));
    }

    @Test
    void keepsWhatAPersonTyped() {
        Merged merged = merge(
                FieldRules.defaults(),
                NOBODY.with(Field.PERSON_CITY, "Lyon"),
                Map.of(),
                answer("hunter", MONDAY, 1, Field.PERSON_CITY, "Paris"));

        assertEquals(Map.of(Field.PERSON_CITY, "Lyon"), merged.values());
        assertEquals(Map.of(), merged.lineage());
    }

    @Test
    void refreshesAValueThatCameBackFromTheCrmAsOurOwn() {
        Merged first = merge(
                FieldRules.defaults(), NOBODY, Map.of(), answer("hunter", MONDAY, 0.7, Field.PERSON_CITY, "Paris"));
        Profile writtenBack = NOBODY.with(Field.PERSON_CITY, "Paris");
        Candidate moved = answer("hunter", TUESDAY, 0.7, Field.PERSON_CITY, "Nice");

        Merged second = merge(FieldRules.defaults(), writtenBack, first.lineage(), moved);

        assertEquals("Nice", second.values().get(Field.PERSON_CITY));
        assertEquals(
                Optional.of("Paris"), second.lineage().get(Field.PERSON_CITY).previous());
        assertEquals(1, second.replaced());
        assertEquals(second, merge(FieldRules.defaults(), writtenBack, second.lineage(), moved));
    }

    @Test
    void keepsItsOwnWrittenBackValueAndLineageWhenNoAnswerIsLeft() {
        Merged first = merge(
                FieldRules.defaults(), NOBODY, Map.of(), answer("hunter", MONDAY, 0.7, Field.PERSON_CITY, "Paris"));

        Merged second = merge(FieldRules.defaults(), NOBODY.with(Field.PERSON_CITY, "Paris"), first.lineage());

        assertEquals(first.values(), second.values());
        assertEquals(first.lineage(), second.lineage());
    }

    @Test
    void dropsAValueWhoseAnswerIsGoneAndThatTheCrmNeverHeld() {
        Merged first = merge(
                FieldRules.defaults(), NOBODY, Map.of(), answer("hunter", MONDAY, 0.7, Field.PERSON_CITY, "Paris"));

        assertEquals(
                Map.of(), merge(FieldRules.defaults(), NOBODY, first.lineage()).values());
    }

    @Test
    void takesATitleOnlyAboveItsConfidence() {
        for (FieldRules rules : List.of(FieldRules.defaults(), FieldRules.guide())) {
            assertFalse(merge(rules, NOBODY, Map.of(), answer("hunter", MONDAY, 0.8, Field.PERSON_TITLE, "CTO"))
                    .values()
                    .containsKey(Field.PERSON_TITLE));
            assertEquals(
                    "CTO",
                    merge(rules, NOBODY, Map.of(), answer("hunter", MONDAY, 0.81, Field.PERSON_TITLE, "CTO"))
                            .values()
                            .get(Field.PERSON_TITLE));
        }
    }

    @Test
    void guideOverwritesWhatAPersonTypedAndRemembersIt() {
        Merged merged = merge(
                FieldRules.guide(),
                NOBODY.with(Field.PERSON_CITY, "Lyon"),
                Map.of(),
                answer("hunter", MONDAY, 0.2, Field.PERSON_CITY, "Paris"));

        assertEquals("Paris", merged.values().get(Field.PERSON_CITY));
        assertEquals(
                Optional.of("Lyon"), merged.lineage().get(Field.PERSON_CITY).previous());
    }

    @Test
    void typedValueReturnsWhenOverwritingIsTurnedOff() {
        Profile crm = NOBODY.with(Field.PERSON_CITY, "Lyon");
        Candidate paris = answer("hunter", MONDAY, 0.2, Field.PERSON_CITY, "Paris");
        Merged overwritten = merge(FieldRules.guide(), crm, Map.of(), paris);

        Merged merged = merge(FieldRules.defaults(), crm, overwritten.lineage(), paris);

        assertEquals("Lyon", merged.values().get(Field.PERSON_CITY));
        assertEquals(Map.of(), merged.lineage());
    }

    @Test
    void choosesAmongAnswersAsTheRuleSays() {
        Candidate first = answer("hunter", MONDAY, 0.5, Field.PERSON_PHONE, "+1");
        Candidate newest = answer("apollo", TUESDAY, 0.4, Field.PERSON_PHONE, "+2");
        Candidate surest = answer("lusha", MONDAY, 0.9, Field.PERSON_PHONE, "+3");

        for (Map.Entry<String, String> expected : Map.of(
                        "provider-order",
                        "+1",
                        "freshest",
                        "+2",
                        "overwrite most-confident",
                        "+3",
                        "freshest above 0.45",
                        "+1")
                .entrySet()) {
            Merged merged = merge(rules("phone", expected.getKey()), NOBODY, Map.of(), surest, newest, first);
            assertEquals(expected.getValue(), merged.values().get(Field.PERSON_PHONE), expected.getKey());
        }
        Merged never = merge(rules("phone", "never-overwrite"), NOBODY, Map.of(), surest, newest, first);
        assertEquals(Map.of(), never.values());
    }

    @Test
    void unitesListsWithoutLosingATypedItemEvenAfterWriteBackAndAChangeOfRule() {
        Profile crm = Profile.empty(EntityKind.COMPANY).with(Field.COMPANY_TECHNOLOGIES, List.of("Cobol", "Spark"));
        Candidate answer = answer("hunter", MONDAY, 0.9, Field.COMPANY_TECHNOLOGIES, List.of("Spark", "Delta"));

        Merged united = merge(rules("technologies", "unite"), crm, Map.of(), answer);
        assertEquals(List.of("Cobol", "Spark", "Delta"), united.values().get(Field.COMPANY_TECHNOLOGIES));

        Profile writtenBack = crm.with(Field.COMPANY_TECHNOLOGIES, List.of("Cobol", "Spark", "Delta"));
        assertEquals(
                united.values(),
                merge(FieldRules.defaults(), writtenBack, united.lineage(), answer)
                        .values());
    }

    @Test
    void summarisesContributorsInFieldOrder() {
        Merged merged = merge(
                FieldRules.defaults(),
                NOBODY,
                Map.of(),
                answer("apollo", TUESDAY, 0.6, Field.PERSON_EMAIL, "a@b.co"),
                answer("hunter", MONDAY, 0.9, Field.PERSON_CITY, "Paris"));

        assertEquals(List.of("apollo", "hunter"), merged.sources());
        assertEquals(0.6, merged.confidence().getAsDouble());
        assertEquals(Optional.of(TUESDAY), merged.enrichedAt());
    }

    @Test
    void tellsEveryFaultOfThePolicyWithTheNearestName() {
        FieldRules.Parsed parsed = FieldRules.parse(
                Map.of(
                        "titel", "never",
                        "phone", "freshst",
                        "email", "fill-empty above 80",
                        "linkedin", "never above 0.5",
                        "name.full", "unite",
                        "technologies", "unite overwrite"),
                FieldRules.defaults());

        assertEquals(
                List.of(
                        "email: 'above' takes a confidence from 0 up to but not including 1, such as above 0.8, not '80'",
                        "linkedin: 'never' takes nothing, so it stands alone",
                        "name.full: only lists can be united; write fill-empty or overwrite",
                        "phone: 'freshst' is no merge rule; did you mean 'freshest'?",
                        "technologies: 'overwrite' says a second time what the rule does; keep one",
                        "titel: no field has this name; did you mean 'title'?"),
                parsed.faults());
    }

    @Test
    void ruleOfOneEntityPrevailsOverTheRuleOfBoth() {
        FieldRules rules = FieldRules.parse(
                        Map.of("person:phone", "never", "phone", "overwrite freshest above 0.5"), FieldRules.guide())
                .rules();

        assertEquals("never", rules.rule(Field.PERSON_PHONE));
        assertEquals("overwrite freshest above 0.5", rules.rule(Field.COMPANY_PHONE));
        assertEquals("overwrite above 0.8", rules.rule(Field.PERSON_TITLE));
    }

    @Test
    void refusesAProfileOfTheOtherEntity() {
        Candidate company = answer("hunter", MONDAY, 0.9, Field.COMPANY_CITY, "Paris");
        assertEquals(
                "a company cannot be merged into a person",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> merge(FieldRules.defaults(), NOBODY, Map.of(), company))
                        .getMessage());
    }

    @Test
    void textFormsShowNoValues() {
        Candidate answer = answer("hunter", MONDAY, 0.9, Field.PERSON_CITY, "Paris");
        Merged merged = merge(FieldRules.defaults(), NOBODY, Map.of(), answer);

        assertFalse((answer + " " + merged + " " + merged.lineage()).contains("Paris"));
        assertTrue(merged.toString().contains("hunter"));
    }

    @Test
    void shipsToExecutorsUnchanged() throws Exception {
        FieldRules rules = rules("phone", "overwrite freshest above 0.5");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(rules);
        }
        FieldRules arrived;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            arrived = (FieldRules) in.readObject();
        }
        for (Field field : Field.values()) {
            assertEquals(rules.rule(field), arrived.rule(field));
        }
    }
}
