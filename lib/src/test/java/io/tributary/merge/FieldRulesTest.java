package io.tributary.merge;

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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FieldRulesTest {
    private static final Instant MONDAY = Instant.parse("2026-03-02T02:00:00Z");
    private static final Instant TUESDAY = MONDAY.plusSeconds(86_400);
    private static final List<String> WATERFALL = List.of("hunter", "apollo");
    private static final Profile NOBODY = Profile.empty(EntityKind.PERSON);

    private static Candidate answer(String provider, Instant at, double confidence, Field field, Object value) {
        return new Candidate(
                provider,
                provider + "-" + at,
                at,
                confidence,
                Profile.empty(field.entity()).with(field, value));
    }

    private static FieldRules rules(String field, String rule) {
        FieldRules.Parsed parsed = FieldRules.parse(Map.of(field, rule), FieldRules.defaults());
        assertEquals(List.of(), parsed.faults());
        return parsed.rules();
    }

    private static Merged merge(FieldRules rules, Profile crm, Map<Field, FieldLineage> before, Candidate... answers) {
        return rules.merge(crm.entity(), crm, before, List.of(answers), WATERFALL);
    }

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

    @Test
    void theSurestAnswerIsTakenUnlessTheRuleSaysOtherwise() {
        Candidate first = answer("hunter", TUESDAY, 0.5, Field.PERSON_CITY, "Paris");
        Candidate surest = answer("apollo", MONDAY, 0.9, Field.PERSON_CITY, "Nice");
        Candidate asSure = answer("lusha", TUESDAY, 0.9, Field.PERSON_CITY, "Lyon");

        Merged merged = merge(FieldRules.defaults(), NOBODY, Map.of(), first, asSure, surest);

        assertEquals("Nice", merged.values().get(Field.PERSON_CITY));
        assertEquals(List.of("lusha later_in_order Lyon", "hunter less_sure Paris"), losers(merged, Field.PERSON_CITY));
    }

    @Test
    void aTitleThatIsTooUnsureIsKeptAmongTheLosersOfTheEmptyField() {
        Merged merged = merge(
                FieldRules.defaults(), NOBODY, Map.of(), answer("hunter", MONDAY, 0.8, Field.PERSON_TITLE, "CTO"));

        assertEquals(Map.of(), merged.lineage());
        assertEquals(List.of("hunter below_floor CTO"), losers(merged, Field.PERSON_TITLE));
    }

    @Test
    void whatTheCrmKeptOutIsKeptAmongTheLosersButNotUnderNever() {
        Candidate answer = answer("hunter", MONDAY, 0.9, Field.PERSON_CITY, "Paris");
        Profile lyon = NOBODY.with(Field.PERSON_CITY, "Lyon");

        assertEquals(
                List.of("hunter crm_kept Paris"),
                losers(merge(FieldRules.defaults(), lyon, Map.of(), answer), Field.PERSON_CITY));
        assertEquals(
                Map.of(),
                merge(rules("location.city", "never"), lyon, Map.of(), answer).losers());
    }

    @Test
    void theAnswerThatIsOlderSaysSo() {
        Merged merged = merge(
                rules("phone", "freshest"),
                NOBODY,
                Map.of(),
                answer("hunter", MONDAY, 0.9, Field.PERSON_PHONE, "+1"),
                answer("apollo", TUESDAY, 0.2, Field.PERSON_PHONE, "+2"));

        assertEquals(List.of("hunter older +1"), losers(merged, Field.PERSON_PHONE));
    }

    @Test
    void takesOnlyWhatTwoProvidersAgreeOn() {
        FieldRules rules = rules("phone", "agreed");
        Candidate alone = answer("hunter", MONDAY, 0.9, Field.PERSON_PHONE, "+49 30 901820");
        Candidate again = answer("hunter", TUESDAY, 0.9, Field.PERSON_PHONE, "+49 30 901820");
        Candidate other = answer("apollo", MONDAY, 0.95, Field.PERSON_PHONE, "+49 30 901829");
        Candidate same = answer("lusha", MONDAY, 0.4, Field.PERSON_PHONE, "+49-30-90 18 20");

        assertEquals(
                Map.of(), merge(rules, NOBODY, Map.of(), alone, again, other).values());
        Merged merged = merge(rules, NOBODY, Map.of(), alone, other, same);

        assertEquals("fill-empty agreed", rules.rule(Field.PERSON_PHONE));
        assertEquals("+4930901820", merged.values().get(Field.PERSON_PHONE));
        assertEquals(
                List.of("lusha less_sure +4930901820", "apollo not_agreed +4930901829"),
                losers(merged, Field.PERSON_PHONE));
    }

    @Test
    void anAnswerBelowTheFloorBearsNobodyOut() {
        Merged merged = merge(
                rules("location.city", "agreed above 0.5"),
                NOBODY,
                Map.of(),
                answer("hunter", MONDAY, 0.9, Field.PERSON_CITY, "Paris"),
                answer("apollo", MONDAY, 0.5, Field.PERSON_CITY, "Paris"));

        assertEquals(Map.of(), merged.values());
        assertEquals(List.of("hunter not_agreed Paris", "apollo below_floor Paris"), losers(merged, Field.PERSON_CITY));
    }

    @Test
    void textsAgreeWhateverTheirCaseAndSpacingAndListsItemByItem() {
        Merged city = merge(
                rules("location.city", "agreed"),
                NOBODY,
                Map.of(),
                answer("hunter", MONDAY, 0.9, Field.PERSON_CITY, "New  York"),
                answer("apollo", MONDAY, 0.5, Field.PERSON_CITY, "new york"));
        Merged technologies = merge(
                rules("technologies", "unite agreed"),
                Profile.empty(EntityKind.COMPANY).with(Field.COMPANY_TECHNOLOGIES, List.of("Cobol")),
                Map.of(),
                answer("hunter", MONDAY, 0.9, Field.COMPANY_TECHNOLOGIES, List.of("Spark", "Delta")),
                answer("apollo", MONDAY, 0.5, Field.COMPANY_TECHNOLOGIES, List.of("Kafka", "spark")));

        assertEquals("New  York", city.values().get(Field.PERSON_CITY));
        assertEquals(List.of("Cobol", "Spark"), technologies.values().get(Field.COMPANY_TECHNOLOGIES));
    }

    @Test
    void tellsWhatIsWrongWithAgreement() {
        assertEquals(
                List.of(
                        "email: 'agreed' says a second time what the rule does; keep one",
                        "linkedin: 'never' takes nothing, so it stands alone",
                        "phone: 'agred' is no merge rule; did you mean 'agreed'?"),
                FieldRules.parse(
                                Map.of("email", "agreed agreed", "linkedin", "never agreed", "phone", "agred"),
                                FieldRules.defaults())
                        .faults());
    }

    @Test
    void unitingHearsOfTheSurestAnswerThatHasMoreThanTheCrm() {
        Profile crm = Profile.empty(EntityKind.COMPANY).with(Field.COMPANY_TECHNOLOGIES, List.of("Spark"));

        Merged merged = merge(
                rules("technologies", "unite"),
                crm,
                Map.of(),
                answer("hunter", MONDAY, 0.5, Field.COMPANY_TECHNOLOGIES, List.of("Delta")),
                answer("apollo", MONDAY, 0.9, Field.COMPANY_TECHNOLOGIES, List.of("Spark")));

        assertEquals(List.of("Spark", "Delta"), merged.values().get(Field.COMPANY_TECHNOLOGIES));
        assertEquals(List.of("apollo crm_kept [\"Spark\"]"), losers(merged, Field.COMPANY_TECHNOLOGIES));
    }

    @Test
    void aTitleFillsSeniorityAndDepartmentAndTheLineageSaysSo() {
        Candidate answer = answer("hunter", MONDAY, 0.9, Field.PERSON_TITLE, "Vice President of Sales");

        Merged merged = merge(FieldRules.defaults(), NOBODY, Map.of(), answer);

        assertEquals("vp", merged.values().get(Field.PERSON_SENIORITY));
        assertEquals("sales", merged.values().get(Field.PERSON_DEPARTMENT));
        assertEquals(
                "fill-empty from title",
                merged.lineage().get(Field.PERSON_SENIORITY).rule());
        assertEquals(
                "hunter-" + MONDAY, merged.lineage().get(Field.PERSON_SENIORITY).responseId());
    }

    @Test
    void nothingIsWorkedOutFromATitleThatIsNotTakenNorInThePlaceOfWhatWasTyped() {
        Candidate unsure = answer("hunter", MONDAY, 0.8, Field.PERSON_TITLE, "VP Sales");
        Candidate sure = answer("hunter", MONDAY, 0.9, Field.PERSON_TITLE, "VP Sales");
        Profile typed = NOBODY.with(Field.PERSON_SENIORITY, "Chef");

        assertEquals(
                Map.of(), merge(FieldRules.defaults(), NOBODY, Map.of(), unsure).values());
        for (FieldRules rules : List.of(FieldRules.defaults(), FieldRules.guide())) {
            assertEquals("Chef", merge(rules, typed, Map.of(), sure).values().get(Field.PERSON_SENIORITY));
        }
        assertEquals(
                Map.of(Field.PERSON_TITLE, "VP Sales"),
                merge(FieldRules.defaults().normalising(List.of()), NOBODY, Map.of(), sure)
                        .values());
    }

    private static List<String> losers(Merged merged, Field field) {
        return merged.losers().getOrDefault(field, List.of()).stream()
                .map(loser -> loser.provider() + " " + loser.why().id() + " " + loser.value())
                .toList();
    }
}
