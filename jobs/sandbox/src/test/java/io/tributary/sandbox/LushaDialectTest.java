package io.tributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.fault.FaultKind;
import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.wire.Reply;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LushaDialectTest {
    private static final String V3 = "/lusha/v3/contacts/search-and-enrich";
    private static final String TWO =
            "{\"contacts\":[{\"clientReferenceId\":\"a\",\"email\":\"ada.example@acme.example\"},"
                    + "{\"clientReferenceId\":\"b\",\"firstName\":\"Bo\",\"lastName\":\"Example\",\"companyDomain\":\"acme.example\"}]}";
    private final ManualClock clock = new ManualClock();
    private final Asking all = asking(1, FaultProfile.NONE);

    private Asking asking(double rate, FaultProfile faults) {
        return Asking.of(SandboxOptions.builder()
                .clock(clock)
                .matchRate(rate)
                .quotasOff()
                .faults(faults));
    }

    private static double billed(Asking asking) {
        return asking.gateway().ledger().counts("lusha").billedCredits();
    }

    @Test
    void takesTheKeyInOneHeaderOnly() {
        Reply bearer = all.send("POST", V3, TWO, Map.of("authorization", "Bearer sandbox-lusha-key"))
                .reply();
        assertEquals(401, bearer.status());
        assertEquals(401, Asking.json(bearer).path("statusCode").asInt());
        assertEquals(200, all.post(V3, TWO).status());
        assertEquals(404, all.get("/lusha/v3/nothing").status());
    }

    @Test
    void statesWhatTheCallCostAndRevealsOnlyOnce() {
        JsonNode first = Asking.json(all.post(V3, TWO));
        assertEquals("a", first.at("/results/0/clientReferenceId").asText());
        assertEquals("Ada Example", first.at("/results/0/fullName").asText());
        double charged = first.at("/billing/creditsCharged").asDouble();
        int points = 0;
        for (JsonNode result : first.path("results")) {
            points += result.path("emails").size() + 5 * result.path("phones").size();
        }
        assertEquals(2 + points, charged);
        assertEquals(charged, billed(all));
        JsonNode again = Asking.json(all.post(V3, TWO));
        assertEquals(2, again.at("/billing/creditsCharged").asDouble(), "the search is paid again, the rest is not");
        assertEquals(charged + 2, billed(all));
    }

    @Test
    void phonesThatAreNotAskedForAreNotPaid() {
        String emails = TWO.replace("\"contacts\"", "\"reveal\":[\"emails\"],\"contacts\"");
        JsonNode answer = Asking.json(all.post(V3, emails));
        answer.path("results")
                .forEach(result -> assertTrue(result.path("phones").isEmpty()));
        assertTrue(billed(all) <= 4);
    }

    @Test
    void missesAreErrorsInsideATwoHundredAndFree() {
        Asking none = asking(0, FaultProfile.NONE);
        Set<String> codes = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            JsonNode answer = Asking.json(none.post(V3, "{\"contacts\":[{\"email\":\"p" + i + "@acme.example\"}]}"));
            codes.add(answer.at("/results/0/error/code").asText());
        }
        assertEquals(Set.of("NOT_FOUND", "COMPLIANCE_RESTRICTED"), codes);
        assertEquals(0, billed(none));
    }

    @Test
    void aBatchCanComeShortReversedDoubledOrWithFailedItems() {
        for (FaultKind kind : Set.of(
                FaultKind.BATCH_SHORT, FaultKind.BATCH_REORDERED, FaultKind.BATCH_DOUBLED, FaultKind.BATCH_PARTIAL)) {
            Asking faulty = asking(1, FaultProfile.ofRates(Map.of(kind, 1.0)));
            JsonNode answer = Asking.json(faulty.post(V3, TWO));
            assertEquals(answer.at("/billing/creditsCharged").asDouble(), billed(faulty), kind.id());
            switch (kind) {
                case BATCH_SHORT -> assertEquals(1, answer.path("results").size());
                case BATCH_REORDERED ->
                    assertEquals("b", answer.at("/results/0/clientReferenceId").asText());
                case BATCH_DOUBLED -> assertEquals(3, answer.path("results").size());
                default ->
                    assertEquals(
                            "ENRICH_FAILED", answer.at("/results/1/error/code").asText());
            }
        }
    }

    @Test
    void creditsEndInsideATwoHundredAndThenWith402() {
        Asking poor = asking(1, FaultProfile.parse("{\"credits\": {\"lusha\": 8}}"));
        JsonNode answer = Asking.json(poor.post(V3, TWO));
        assertEquals("PARTIAL_OUT_OF_CREDITS", answer.path("status").asText());
        assertEquals(1, answer.path("results").size());
        Asking gone = asking(1, FaultProfile.parse("{\"credits\": {\"lusha\": 0}}"));
        assertEquals(402, gone.post(V3, TWO).status());
        assertEquals(200, gone.get("/lusha/v3/account/usage").status());
        Asking few = asking(1, FaultProfile.parse("{\"credits\": {\"lusha\": 3}}"));
        assertEquals(
                "OUT_OF_CREDITS", Asking.json(few.post(V3, TWO)).path("status").asText());
        assertEquals(0, billed(few));
    }

    @Test
    void theOldApiHasTwoFormsOfOneContact() {
        JsonNode single = Asking.json(all.get("/lusha/v2/person?email=ada.example%40acme.example"));
        assertEquals("Ada Example", single.at("/contact/data/fullName").asText());
        double paid = billed(all);
        assertEquals(paid > 0, single.at("/contact/isCreditCharged").asBoolean());
        JsonNode bulk = Asking.json(
                all.post(
                        "/lusha/v2/person",
                        "{\"contacts\":[{\"contactId\":\"1\",\"email\":\"ada.example@acme.example\"},{\"contactId\":\"2\","
                                + "\"fullName\":\"Bo Example\",\"companies\":[{\"domain\":\"acme.example\",\"isCurrent\":true}]}]}"));
        assertEquals("Ada Example", bulk.at("/contacts/1/data/fullName").asText());
        assertFalse(bulk.at("/contacts/1/isCreditCharged").asBoolean(true), "revealed before");
        String company = bulk.at("/contacts/2/data/companyId").asText();
        assertEquals(
                "www.acme.example", bulk.at("/companies/" + company + "/fqdn").asText());
        assertEquals(
                "EMPTY_DATA",
                Asking.json(asking(0, FaultProfile.NONE).get("/lusha/v2/person?email=a%40b.example"))
                        .at("/contact/error/name")
                        .asText());
    }

    @Test
    void refusesWhatItCannotRead() {
        assertEquals(400, all.post(V3, "{}").status());
        assertEquals(
                400, all.post(V3, "{\"contacts\":[{\"firstName\":\"Ada\"}]}").status());
        String many = "{\"contacts\":[" + "{\"email\":\"a@b.example\"},".repeat(100) + "{\"email\":\"a@b.example\"}]}";
        assertEquals(400, all.post(V3, many).status());
        assertEquals(400, all.get("/lusha/v2/person").status());
        assertEquals(
                412,
                all.post("/lusha/v2/person", "{\"contacts\":[{\"contactId\":\"1\",\"fullName\":\"Ada\"}]}")
                        .status());
    }

    @Test
    void theAccountHasOneWindowAndSaysSoInAMessageOnly() {
        Asking narrow =
                Asking.of(SandboxOptions.builder().clock(clock).matchRate(1).quota("lusha:account", "2/1m,3/1d"));
        assertEquals("1", narrow.post(V3, TWO).headers().get("x-minute-requests-left"));
        narrow.get("/lusha/v2/person?email=a%40b.example");
        Reply hourly = narrow.post(V3, TWO);
        assertEquals(429, hourly.status());
        assertTrue(Asking.json(hourly).path("message").asText().startsWith("Hourly"));
        assertFalse(hourly.headers().containsKey("retry-after"));
        clock.advance(Duration.ofMinutes(1));
        assertEquals(200, narrow.post(V3, TWO).status());
        Reply daily = narrow.post(V3, TWO);
        assertTrue(Asking.json(daily).path("message").asText().startsWith("Daily"));
        assertEquals("0", daily.headers().get("x-daily-requests-left"));
    }
}
