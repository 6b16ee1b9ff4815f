package io.tributary.wanted;

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
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WantedFieldsTest {
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");

    private static WantedFields persons(String... pathsAndRules) {
        Map<String, String> written = new LinkedHashMap<>();
        for (int i = 0; i < pathsAndRules.length; i += 2) {
            written.put(pathsAndRules[i], pathsAndRules[i + 1]);
        }
        WantedFields.Parsed parsed = WantedFields.parse(EntityKind.PERSON, written);
        assertEquals(List.of(), parsed.faults());
        return parsed.wanted();
    }

    private static List<String> faults(String path, String rule) {
        return WantedFields.parse(EntityKind.PERSON, Map.of(path, rule)).faults();
    }

    private static Profile ada(Field field, String value) {
        return Profile.empty(EntityKind.PERSON).with(field, value);
    }

    private static Held held(Field field, String value, double confidence, int daysAgo) {
        return new Held(ada(field, value), confidence, TONIGHT.minus(Duration.ofDays(daysAgo)), daysAgo < 30);
    }

    @Test
    void someFieldsAreNamedWithTheirUsualRulesOrWithAnyValue() {
        WantedFields named = WantedFields.named(
                List.of("phone", "title", "employee_count"),
                List.of(EntityKind.PERSON, EntityKind.COMPANY),
                persons("phone", "type mobile", "location.city", "any"));
        assertEquals(List.of("title", "phone"), named.of(EntityKind.PERSON).paths());
        assertEquals("type mobile", named.rule(Field.PERSON_PHONE));
        assertEquals("any", named.rule(Field.PERSON_TITLE));
        assertEquals(
                List.of("employee_count", "phone"), named.of(EntityKind.COMPANY).paths());
        assertEquals("any", named.rule(Field.COMPANY_PHONE));
    }

    @Test
    void aNameOfNoFieldIsRefusedWithAllNamesThatThereAre() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> WantedFields.named(
                        List.of("title", "employee_count"), List.of(EntityKind.PERSON), WantedFields.NOTHING));
        assertTrue(refused.getMessage().contains("employee_count; known here: id, email, "), refused.getMessage());
    }

    @Test
    void aRuleIsReadAsItIsWrittenAndInAnyOrder() {
        for (String rule : List.of("any", "above 0.8", "max-age 180d", "above 0.8 max-age 12h", "max-age 0ms")) {
            assertEquals(rule, persons("title", rule).rule(Field.PERSON_TITLE));
        }
        assertEquals(
                "above 0.5 max-age 1d",
                persons("title", " Max-Age 24h  ABOVE .5 ").rule(Field.PERSON_TITLE));
        assertEquals(
                "above 0.5 max-age 30d type mobile",
                persons("phone", "type Mobile max-age 30d above 0.5").rule(Field.PERSON_PHONE));
    }

    @Test
    void itTellsTheBoundsOnAgeEachOnce() {
        assertEquals(
                Set.of(Duration.ofDays(1), Duration.ofDays(180)),
                persons(
                                "title",
                                "max-age 24h",
                                "phone",
                                "max-age 1d type mobile",
                                "location.city",
                                "max-age 180d",
                                "name.full",
                                "any")
                        .ages());
    }

    @Test
    void everyFaultOfARuleIsToldWithItsRemedy() {
        assertEquals(
                List.of("title: the rule is empty; write any, or for instance above 0.8 max-age 180d"),
                faults("title", " "));
        assertEquals(
                List.of(
                        "title: 'abvoe' is no word of an acceptance rule; did you mean 'above'?",
                        "title: '0.8' is no word of an acceptance rule; known here: above, any, max-age, type"),
                faults("title", "abvoe 0.8"));
        assertEquals(
                List.of(
                        "title: 'above' takes a confidence from 0 up to but not including 1, such as above 0.8, not '1'",
                        "title: 'max-age' takes a duration, such as max-age 180d, not nothing"),
                faults("title", "above 1 max-age"));
        assertEquals(List.of("title: 'above' stands here twice; keep one"), faults("title", "above 0.5 above 0.6"));
        assertEquals(List.of("title: 'any' takes every value, so it stands alone"), faults("title", "any above 0.5"));
        assertEquals(List.of("phone: 'type' takes mobile or landline, not 'fax'"), faults("phone", "type fax"));
        assertEquals(List.of("email: 'type' is for phone numbers only; leave it out"), faults("email", "type mobile"));
        assertEquals(
                List.of("titel: no field of a person has this name; did you mean 'title'?"), faults("titel", "any"));
    }

    @Test
    void onlyAValueThatPassesItsRuleCounts() {
        WantedFields wanted = persons("email", "above 0.8", "title", "any");
        assertEquals(Set.of(Field.PERSON_EMAIL, Field.PERSON_TITLE), wanted.fields());
        assertEquals(wanted, wanted.after(ada(Field.PERSON_EMAIL, "ada@acme.com"), 0.8), "not above");
        assertEquals(wanted, wanted.after(ada(Field.PERSON_EMAIL, "ada@acme.com"), Double.NaN), "none stated");
        WantedFields left = wanted.after(ada(Field.PERSON_EMAIL, "ada@acme.com"), 0.81);
        assertEquals(Set.of(Field.PERSON_TITLE), left.fields());
        assertEquals("missing: title", left.reason());
        assertTrue(left.after(ada(Field.PERSON_TITLE, "VP"), Double.NaN).isEmpty());
    }

    @Test
    void aNumberThatIsKnownToBeOfAnotherKindDoesNotCountAndOneThatNobodyCanTellDoes() {
        WantedFields mobile = persons("phone", "type mobile");
        WantedFields landline = persons("phone", "type landline");
        Profile german = ada(Field.PERSON_PHONE, "+49 1512 3456789");
        Profile berlin = ada(Field.PERSON_PHONE, "+493012345678");
        assertTrue(mobile.after(german, 0.5).isEmpty());
        assertFalse(landline.after(german, 0.5).isEmpty());
        assertFalse(mobile.after(berlin, 0.5).isEmpty());
        assertTrue(landline.after(berlin, 0.5).isEmpty());
        Profile tollFree = ada(Field.PERSON_PHONE, "+18002345678");
        assertFalse(mobile.after(tollFree, 0.5).isEmpty());
        assertFalse(landline.after(tollFree, 0.5).isEmpty());
        for (String untold : List.of("+12065550100", "(206) 555-0100", "call me")) {
            assertTrue(mobile.after(ada(Field.PERSON_PHONE, untold), 0.5).isEmpty(), untold);
        }
    }

    @Test
    void withoutABoundOnAgeAFieldCountsAsLongAsItsProvidersAnswersDo() {
        WantedFields wanted = persons("title", "any");
        assertTrue(wanted.missing(List.of(held(Field.PERSON_TITLE, "VP", 0.9, 29)), TONIGHT)
                .isEmpty());
        assertEquals(wanted, wanted.missing(List.of(held(Field.PERSON_TITLE, "VP", 0.9, 30)), TONIGHT));
    }

    @Test
    void aBoundOnAgeStandsInPlaceOfItShorterOrLonger() {
        WantedFields shorter = persons("title", "max-age 10d");
        Held old = held(Field.PERSON_TITLE, "VP", 0.9, 10);
        assertTrue(shorter.missing(List.of(held(Field.PERSON_TITLE, "VP", 0.9, 9)), TONIGHT)
                .isEmpty());
        assertEquals(shorter, shorter.missing(List.of(old), TONIGHT), "good until, and not at, the moment");
        assertEquals(shorter, shorter.tooOld(old, TONIGHT));
        assertTrue(shorter.tooOld(held(Field.PERSON_CITY, "Paris", 0.9, 10), TONIGHT)
                .isEmpty());
        assertTrue(
                persons("title", "max-age 10d above 0.9").tooOld(old, TONIGHT).isEmpty(), "it would not count anyway");
        assertTrue(persons("title", "max-age 180d")
                .missing(List.of(held(Field.PERSON_TITLE, "VP", 0.9, 179)), TONIGHT)
                .isEmpty());
        assertTrue(
                persons("title", "max-age 0s")
                        .after(ada(Field.PERSON_TITLE, "VP"), 0.9)
                        .isEmpty(),
                "an answer that came just now is as new as can be had");
    }

    @Test
    void severalAnswersTogetherCoverWhatNoneCoversAlone() {
        WantedFields wanted = persons("title", "any", "location.city", "any").only(List.of("title"));
        assertEquals(List.of("title"), wanted.paths());
        wanted = persons("title", "any", "location.city", "above 0.5");
        assertTrue(wanted.missing(
                        List.of(held(Field.PERSON_CITY, "Paris", 0.6, 1), held(Field.PERSON_TITLE, "VP", 0.2, 2)),
                        TONIGHT)
                .isEmpty());
    }

    @Test
    void personsAndCompaniesAreKeptApart() {
        WantedFields both = persons("phone", "any")
                .and(WantedFields.parse(EntityKind.COMPANY, Map.of("phone", "above 0.5", "industry", "any"))
                        .wanted());
        assertEquals(Set.of(Field.PERSON_PHONE), both.of(EntityKind.PERSON).fields());
        assertEquals(List.of("industry", "phone"), both.of(EntityKind.COMPANY).paths());
        assertEquals("any", both.rule(Field.PERSON_PHONE));
        assertEquals("above 0.5", both.rule(Field.COMPANY_PHONE));
        assertTrue(both.anyOf(Set.of(Field.COMPANY_PHONE)));
        assertFalse(both.of(EntityKind.PERSON).anyOf(Set.of(Field.COMPANY_PHONE)));
    }

    @Test
    void itSurvivesTheTripToAnExecutor() throws Exception {
        for (WantedFields wanted :
                List.of(WantedFields.NOTHING, persons("phone", "type mobile above 0.5 max-age 3d", "title", "any"))) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(wanted);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertEquals(wanted, in.readObject());
            }
        }
    }
}
