package io.tributary.merge;

import static io.tributary.merge.Merges.MONDAY;
import static io.tributary.merge.Merges.NOBODY;
import static io.tributary.merge.Merges.TUESDAY;
import static io.tributary.merge.Merges.answer;
import static io.tributary.merge.Merges.losers;
import static io.tributary.merge.Merges.merge;
import static io.tributary.merge.Merges.rules;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Profile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which of several answers is taken, and what becomes of the others. */
class ContestTest {
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
}
