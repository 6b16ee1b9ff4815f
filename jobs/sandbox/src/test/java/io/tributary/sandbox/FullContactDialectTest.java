package io.tributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.fault.FaultKind;
import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.ledger.CallEntry;
import io.tributary.sandbox.ledger.Counts;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Truth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FullContactDialectTest {
    private static final String PERSON = "/fullcontact/v3/person.enrich";
    private static final String COMPANY = "/fullcontact/v3/company.enrich";
    private static final String ADA = "{\"email\":\"ada.example@acme.example\",\"confidence\":\"HIGH\"}";
    private static final String ACME = "{\"domain\":\"acme.example\"}";
    private final ManualClock clock = new ManualClock();

    /** Everybody is known, or nobody, and one quirk shows always while the others never do. */
    private Asking showing(double matchRate, String quirk) {
        return asking(
                matchRate, FaultProfile.parse("{\"quirks\": {\"fullcontact\": 0, \"fullcontact." + quirk + "\": 1}}"));
    }

    private Asking asking(double matchRate, FaultProfile faults) {
        return Asking.of(SandboxOptions.builder()
                .clock(clock)
                .matchRate(matchRate)
                .pending(0, Duration.ofMinutes(2))
                .faults(faults));
    }

    private Asking plain(double matchRate) {
        return asking(matchRate, FaultProfile.parse("{\"quirks\": {\"fullcontact\": 0}}"));
    }

    private static CallEntry last(Asking asking) {
        List<CallEntry> entries = asking.gateway().ledger().entries("fullcontact");
        return entries.get(entries.size() - 1);
    }

    private static Counts counts(Asking asking) {
        return asking.gateway().ledger().counts("fullcontact");
    }

    @Test
    void aMatchHasAFlatSummaryAndDetailsAndNoStatusAndIsPaidEachTime() {
        Asking all = plain(1);
        JsonNode person = Asking.json(all.post(PERSON, ADA));
        assertEquals("Ada Example", person.path("fullName").asText());
        assertTrue(person.path("status").isMissingNode());
        assertEquals("Ada", person.at("/details/name/given").asText());
        assertTrue(person.at("/details/emails").isArray()
                && person.at("/details/emails").isEmpty());
        assertTrue(person.at("/details/profiles").isMissingNode());
        assertEquals(Truth.FOUND, last(all).truth());
        JsonNode company = Asking.json(all.post(COMPANY, ACME));
        assertEquals("https://www.acme.example", company.path("website").asText());
        assertTrue(company.at("/details/locations").isArray());
        assertEquals(2, counts(all).billedCredits());
        all.post(PERSON, ADA);
        assertEquals(3, counts(all).billedCredits());
        assertEquals(1, counts(all).repeats());
    }

    @Test
    void aMissIsA404AndCountedToo() {
        Asking none = plain(0);
        for (Map.Entry<String, String> ask : Map.of(PERSON, ADA, COMPANY, ACME).entrySet()) {
            Reply miss = none.post(ask.getKey(), ask.getValue());
            assertEquals(404, miss.status());
            assertEquals("Profile not found", Asking.json(miss).path("message").asText());
            assertTrue(Asking.json(miss).path("reasonCode").isMissingNode());
            assertEquals(Truth.MISSED, last(none).truth());
        }
        assertEquals(2, counts(none).billedCredits());
    }

    @Test
    void takesAPersonByPageNumberOrNameAndPlaceToo() {
        Asking all = plain(1);
        assertEquals(
                "Ada Example",
                Asking.json(all.post(PERSON, "{\"profiles\":[{\"url\":\"https://www.linkedin.com/in/ada-example\"}]}"))
                        .path("fullName")
                        .asText());
        assertEquals(200, all.post(PERSON, "{\"phone\":\"+1 303-555-0101\"}").status());
        assertEquals("+13035550101", last(all).input());
        assertEquals(
                200,
                all.post(
                                PERSON,
                                "{\"name\":{\"full\":\"Ada Example\"},\"location\":{\"addressLine1\":\"1 Main Street\"}}")
                        .status());
        assertEquals(
                400, all.post(PERSON, "{\"name\":{\"full\":\"Ada Example\"}}").status());
    }

    @Test
    void whatCannotBeReadIsToldInThreeWays() {
        Asking all = plain(1);
        Reply broken = all.post(PERSON, "{\"email\":");
        assertEquals(400, broken.status());
        assertEquals(400, Asking.json(broken).path("code").asInt());
        assertTrue(Asking.json(broken).path("status").isMissingNode());
        assertEquals(
                400,
                all.post(PERSON, "{\"email\":\"a@b.example\",\"confidence\":\"SURE\"}")
                        .status());
        assertEquals(400, all.post(COMPANY, "{}").status());
        String many = "{\"emails\":[" + "\"a@b.example\",".repeat(25) + "\"a@b.example\"]}";
        assertEquals(400, all.post(PERSON, many).status());
        assertEquals(422, all.post(COMPANY, "{\"domain\":\"no domain\"}").status());
        assertEquals(Truth.UNREADABLE, last(all).truth());
        assertEquals(422, all.post(PERSON, "{\"email\":\"nobody\"}").status());
        assertEquals(0, counts(all).billed());
    }

    @Test
    void theRefusalOfAKeyHoldsTheKey() {
        Asking all = plain(1);
        Reply wrong = all.send("POST", PERSON, ADA, Map.of("authorization", "Bearer not-a-key"))
                .reply();
        assertEquals(401, wrong.status());
        assertEquals(
                "401: Invalid access token: not-a-key",
                Asking.json(wrong).path("message").asText());
        assertEquals(403, all.send("POST", PERSON, ADA, Map.of()).reply().status());
    }

    @Test
    void anUnknownPathIsA404ToBeToldFromAMissByItsMessage() {
        Asking all = plain(1);
        Reply unknown = all.post("/fullcontact/v3/persons.enrich", ADA);
        assertEquals(404, unknown.status());
        assertEquals(
                "Endpoint POST /v3/persons.enrich not found",
                Asking.json(unknown).path("message").asText());
        assertEquals(405, all.get(PERSON).status());
        assertEquals(410, all.post("/fullcontact/v1/person.json", ADA).status());
    }

    @Test
    void slowsTheLastTenthOfAWindowDownBeforeItRefuses() {
        Asking narrow = Asking.of(SandboxOptions.builder()
                .clock(clock)
                .quota("fullcontact", "20/1m")
                .faults(FaultProfile.parse("{\"quirks\": {\"fullcontact\": 0}}")));
        Map<String, String> key = Map.of("authorization", "Bearer sandbox-fullcontact-key");
        long[] delays = new long[21];
        for (int call = 0; call < 21; call++) {
            Delivery delivery = narrow.send("POST", COMPANY, "{\"domain\":\"firm" + call + ".example\"}", key);
            delays[call] = delivery.delayNanos() / 1_000_000;
            assertEquals(call == 20, delivery.reply().status() == 429);
            assertFalse(delivery.reply().headers().containsKey("retry-after"));
            assertEquals("600", delivery.reply().headers().get("x-rate-limit-remaining"), "whatever is left");
        }
        assertEquals(0, delays[17]);
        assertEquals(500, delays[18]);
        assertEquals(1000, delays[19]);
        assertEquals(1000, delays[20], "the refusal is held back too");
        clock.advance(Duration.ofMinutes(1));
        assertEquals(0, narrow.send("POST", COMPANY, ACME, key).delayNanos());
    }

    @Test
    void aQueuedLookUpIsAnsweredToTheSameRequestAndPaidThenOnly() {
        for (Asking asking : List.of(
                showing(1, "queued"),
                asking(
                        1,
                        FaultProfile.ofRates(Map.of(FaultKind.PENDING_202, 1.0)).withQuirks(0)))) {
            Reply queued = asking.post(PERSON, ADA);
            assertEquals(202, queued.status());
            assertTrue(Asking.json(queued).path("message").asText().startsWith("Queued"));
            assertTrue(Asking.json(queued).has("requestId"));
            assertEquals(Truth.LATER, last(asking).truth());
            clock.advance(Duration.ofMinutes(1));
            assertEquals(202, asking.post(PERSON, ADA).status());
            assertEquals(0, counts(asking).billed());
            clock.advance(Duration.ofMinutes(1));
            assertEquals(200, asking.post(PERSON, ADA).status());
            assertEquals(1, counts(asking).billedCredits());
        }
        assertEquals(200, plain(1).post(PERSON, ADA).status());
    }

    @Test
    void aCallMayBeHeldBackWhileTheWindowHasRoom() {
        Map<String, String> key = Map.of("authorization", "Bearer sandbox-fullcontact-key");
        Delivery held = showing(1, "rate-delay").send("POST", PERSON, ADA, key);
        long millis = Long.parseLong(held.reply().headers().get("x-fullcontact-ratedelay"));
        assertTrue(millis > 0 && millis <= 1000, millis + " ms");
        assertEquals(millis, held.delayNanos() / 1_000_000);
        Delivery free = plain(1).send("POST", PERSON, ADA, key);
        assertFalse(free.reply().headers().containsKey("x-fullcontact-ratedelay"));
        assertEquals(0, free.delayNanos());
    }

    @Test
    void theOldRateHeadersMaySayAnything() {
        Reply reply = showing(1, "legacy-headers").post(PERSON, ADA);
        assertEquals("0", reply.headers().get("x-rate-limit-remaining"));
        assertEquals(200, reply.status());
        assertEquals("600", plain(1).post(PERSON, ADA).headers().get("x-rate-limit-remaining"));
    }

    @Test
    void detailsMayBeNull() {
        JsonNode person = Asking.json(showing(1, "details-null").post(PERSON, ADA));
        assertTrue(person.path("details").isNull());
        assertEquals("Ada Example", person.path("fullName").asText());
        assertTrue(Asking.json(showing(1, "details-null").post(COMPANY, ACME))
                .path("details")
                .isNull());
    }

    @Test
    void aPageMayStandInProfilesOnly() {
        boolean seen = false;
        for (int i = 0; i < 20; i++) {
            String ask = "{\"email\":\"p" + i + "@acme.example\"}";
            JsonNode usual = Asking.json(plain(1).post(PERSON, ask));
            JsonNode other = Asking.json(showing(1, "page-in-profiles").post(PERSON, ask));
            assertTrue(other.path("linkedin").isNull());
            assertEquals(
                    usual.path("linkedin").asText(""),
                    other.at("/details/profiles/linkedin/url").asText(""));
            seen |= usual.path("linkedin").isTextual();
        }
        assertTrue(seen, "somebody has a page");
        JsonNode firm = Asking.json(showing(1, "page-in-profiles").post(COMPANY, ACME));
        assertTrue(firm.path("linkedin").isNull());
    }

    @Test
    void addressesComeWithThePaidBundle() {
        TreeSet<Integer> sizes = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            JsonNode person =
                    Asking.json(showing(1, "contact-bundle").post(PERSON, "{\"email\":\"p" + i + "@acme.example\"}"));
            sizes.add(person.at("/details/emails").size());
        }
        assertTrue(sizes.contains(1), sizes.toString());
    }

    @Test
    void anUnknownDomainMayBeToldNotToBeRegistered() {
        Asking none = showing(0, "not-registered");
        Reply miss = none.post(COMPANY, ACME);
        assertEquals(404, miss.status());
        assertEquals("NOT_REGISTERED", Asking.json(miss).path("reasonCode").asText());
        assertEquals(Truth.MISSED, last(none).truth());
        assertEquals(1, counts(none).billedCredits());
    }

    @Test
    void twoRefusalsByOneStatusDifferByTheirMessage() {
        Asking spent = showing(1, "quota-403");
        Reply quota = spent.post(PERSON, ADA);
        assertEquals(403, quota.status());
        assertTrue(Asking.json(quota).path("message").asText().contains("quota"));
        assertEquals(Truth.UNANSWERED, last(spent).truth());
        assertEquals(0, counts(spent).billed());
        Asking refused = showing(1, "key-403");
        Reply key = refused.post(COMPANY, ACME);
        assertEquals(403, key.status());
        assertTrue(Asking.json(key).path("message").asText().startsWith("API Key is missing or invalid"));
        assertEquals(Truth.UNANSWERED, last(refused).truth());
        Asking poor = asking(1, FaultProfile.parse("{\"credits\": {\"fullcontact\": 1}}"));
        poor.post(PERSON, ADA);
        assertEquals(quota.status(), poor.post(COMPANY, ACME).status());
    }

    @Test
    void quirksThatWouldEndARunDoNotShowUnlessAsked() {
        Asking usual = asking(1, FaultProfile.NONE);
        for (int i = 0; i < 300; i++) {
            assertEquals(
                    200,
                    usual.post(PERSON, "{\"email\":\"p" + i + "@acme.example\"}")
                            .status());
        }
    }
}
