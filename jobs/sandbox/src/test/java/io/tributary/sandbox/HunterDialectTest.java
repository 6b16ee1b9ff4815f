package io.tributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.wire.Reply;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HunterDialectTest {
    private final ManualClock clock = new ManualClock();
    private final Asking all =
            Asking.of(SandboxOptions.builder().clock(clock).matchRate(1).pending(0, Duration.ofSeconds(2)));

    @Test
    void takesTheKeyInThreePlaces() {
        String account = "/hunter/v2/account";
        assertEquals(
                200,
                all.send("GET", account, "", Map.of("x-api-key", "sandbox-hunter-key"))
                        .reply()
                        .status());
        assertEquals(
                200,
                all.send("GET", account, "", Map.of("authorization", "Bearer sandbox-hunter-key"))
                        .reply()
                        .status());
        assertEquals(
                200,
                all.send("GET", account + "?api_key=sandbox-hunter-key", "", Map.of())
                        .reply()
                        .status());
        assertEquals(401, all.send("GET", account, "", Map.of()).reply().status());
    }

    @Test
    void wrapsPeopleAndCompaniesAndBillsWhatWasFound() {
        JsonNode person = Asking.json(all.get("/hunter/v2/people/find?email=ada.example%40acme.example"));
        assertEquals("Ada Example", person.at("/data/name/fullName").asText());
        JsonNode both = Asking.json(all.get("/hunter/v2/combined/find?email=bo.example%40acme.example"));
        assertEquals("acme.example", both.at("/data/company/domain").asText());
        assertEquals(3, all.gateway().ledger().counts("hunter").billedCredits());
    }

    @Test
    void aFinderMissIsATwoHundredOfNulls() {
        Asking none = Asking.of(SandboxOptions.builder().clock(clock).matchRate(0));
        Reply miss = none.get("/hunter/v2/email-finder?domain=acme.example&first_name=Ada&last_name=Example");
        assertEquals(200, miss.status());
        JsonNode data = Asking.json(miss).path("data");
        assertTrue(data.has("email") && data.path("email").isNull());
        assertTrue(data.path("sources").isArray());
        assertEquals(
                404, none.get("/hunter/v2/people/find?email=ada%40acme.example").status());
        assertEquals(0, none.gateway().ledger().counts("hunter").billedCredits());
    }

    @Test
    void aFoundAddressIsPaidOnce() {
        String uri = "/hunter/v2/email-finder?domain=acme.example&full_name=Ada+Example";
        assertEquals(
                "ada.example@acme.example",
                Asking.json(all.get(uri)).at("/data/email").asText());
        all.get(uri);
        assertEquals(1, all.gateway().ledger().counts("hunter").billedCredits());
        assertEquals(1, all.gateway().ledger().counts("hunter").freeRereads());
    }

    @Test
    void verificationCostsHalfACreditAndMayTakeAWhile() {
        Asking slow =
                Asking.of(SandboxOptions.builder().clock(clock).matchRate(1).pending(1, Duration.ofSeconds(2)));
        String uri = "/hunter/v2/email-verifier?email=ada.example%40acme.example";
        assertEquals(202, slow.get(uri).status());
        assertEquals(0, slow.gateway().ledger().counts("hunter").billedCredits());
        clock.advance(Duration.ofSeconds(2));
        assertEquals("valid", Asking.json(slow.get(uri)).at("/data/status").asText());
        assertEquals(0.5, slow.gateway().ledger().counts("hunter").billedCredits());
    }

    @Test
    void theAccountShowsThatTheCreditsAreGone() {
        FaultProfile twoCredits = FaultProfile.parse("{\"credits\": {\"hunter\": 2}}");
        Asking poor =
                Asking.of(SandboxOptions.builder().clock(clock).matchRate(1).faults(twoCredits));
        poor.get("/hunter/v2/companies/find?domain=a.example");
        poor.get("/hunter/v2/companies/find?domain=b.example");
        Reply gone = poor.get("/hunter/v2/companies/find?domain=c.example");
        assertEquals(429, gone.status());
        assertEquals("restricted_account", Asking.json(gone).at("/errors/0/id").asText());
        assertEquals(
                "{\"used\":2.0,\"available\":2.0}",
                Asking.json(poor.get("/hunter/v2/account"))
                        .at("/data/requests/credits")
                        .toString());
        assertEquals(2, poor.gateway().ledger().counts("hunter").billedCredits());
    }

    @Test
    void endpointsHaveTheirOwnWindows() {
        Asking narrow = Asking.of(SandboxOptions.builder()
                .clock(clock)
                .matchRate(1)
                .quota("hunter", "2/1s,3/1m")
                .quota("hunter:company.find", "1/1s"));
        assertEquals(
                200, narrow.get("/hunter/v2/companies/find?domain=a.example").status());
        assertEquals(
                403, narrow.get("/hunter/v2/companies/find?domain=b.example").status());
        String person = "/hunter/v2/people/find?email=ada%40acme.example";
        assertEquals(200, narrow.get(person).status());
        assertEquals(200, narrow.get(person).status());
        assertEquals(403, narrow.get(person).status(), "the second is full");
        clock.advance(Duration.ofSeconds(1));
        assertEquals(200, narrow.get(person).status());
        assertEquals(403, narrow.get(person).status(), "the minute is full");
        assertEquals(3, narrow.gateway().ledger().counts("hunter").refusedByWindow());
    }
}
