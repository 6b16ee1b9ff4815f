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

class ApolloDialectTest {
    private static final String TWO = "{\"details\":[{\"email\":\"ada.example@acme.example\"},"
            + "{\"name\":\"Bo Example\",\"domain\":\"acme.example\"}]}";
    private final ManualClock clock = new ManualClock();
    private final Asking all = Asking.of(SandboxOptions.builder().clock(clock).matchRate(1));

    @Test
    void takesParametersFromTheQueryAndFromTheBody() {
        JsonNode byQuery = Asking.json(all.post("/apollo/api/v1/people/match?email=ada.example%40acme.example", ""));
        JsonNode byBody =
                Asking.json(all.post("/apollo/api/v1/people/match", "{\"email\":\"ada.example@acme.example\"}"));
        assertEquals("Ada Example", byQuery.at("/person/name").asText());
        assertEquals(byQuery.path("person"), byBody.path("person"));
        assertEquals(1, all.gateway().ledger().counts("apollo").repeats(), "and pays for both");
    }

    @Test
    void missesComeInSeveralFormsAndAreFree() {
        Asking none = Asking.of(SandboxOptions.builder().clock(clock).matchRate(0));
        Set<String> forms = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            Reply reply = none.post("/apollo/api/v1/people/match", "{\"email\":\"p" + i + "@acme.example\"}");
            assertEquals(200, reply.status());
            JsonNode body = Asking.json(reply);
            assertTrue(body.at("/person/id").isMissingNode());
            forms.add(body.path("person").getNodeType() + " "
                    + body.path("match_confidence").asText());
        }
        assertEquals(3, forms.size(), forms.toString());
        assertEquals(
                "{}",
                new String(none.get("/apollo/api/v1/organizations/enrich?domain=a.example")
                        .body()));
        assertEquals(0, none.gateway().ledger().counts("apollo").billed());
    }

    @Test
    void bulkAnswersInOrderAndCountsCredits() {
        JsonNode answer = Asking.json(all.post("/apollo/api/v1/people/bulk_match", TWO));
        assertEquals("Ada Example", answer.at("/matches/0/name").asText());
        assertEquals("Bo Example", answer.at("/matches/1/name").asText());
        assertEquals(2, answer.path("credits_consumed").asDouble());
        assertEquals(2, all.gateway().ledger().counts("apollo").billedCredits());
    }

    @Test
    void aBatchCanComeShortReversedOrDoubled() {
        assertEquals(1, misshapen(FaultKind.BATCH_SHORT).path("matches").size());
        assertEquals(
                "Bo Example",
                misshapen(FaultKind.BATCH_REORDERED).at("/matches/0/name").asText());
        assertEquals(3, misshapen(FaultKind.BATCH_DOUBLED).path("matches").size());
    }

    private JsonNode misshapen(FaultKind kind) {
        Asking asking = Asking.of(
                SandboxOptions.builder().clock(clock).matchRate(1).faults(FaultProfile.ofRates(Map.of(kind, 1.0))));
        JsonNode answer = Asking.json(asking.post("/apollo/api/v1/people/bulk_match", TWO));
        assertEquals(
                answer.path("credits_consumed").asDouble(),
                asking.gateway().ledger().counts("apollo").billedCredits());
        return answer;
    }

    @Test
    void organisationsInBulkAreAskedOnceEach() {
        JsonNode answer = Asking.json(all.post(
                "/apollo/api/v1/organizations/bulk_enrich?domains[]=a.example&domains[]=b.example&domains[]=A.example",
                ""));
        assertEquals(2, answer.path("organizations").size());
        assertEquals(3, answer.path("total_requested_domains").asInt());
        assertEquals(2, answer.path("unique_domains").asInt());
        assertTrue(answer.path("unique_records").isNull());
    }

    @Test
    void refusesWhatItCannotRead() {
        assertEquals(422, all.post("/apollo/api/v1/people/bulk_match", "{}").status());
        String eleven = "{\"details\":[" + "{},".repeat(10) + "{}]}";
        Reply refused = all.post("/apollo/api/v1/people/bulk_match", eleven);
        assertEquals(
                "RECORD_LIMIT_EXCEEDED", Asking.json(refused).path("error_code").asText());
        assertEquals(422, all.get("/apollo/api/v1/organizations/enrich").status());
        assertEquals(
                200,
                all.post("/apollo/api/v1/people/match", "{\"email\":\"no address\"}")
                        .status());
        Reply unauthorized =
                all.send("POST", "/apollo/api/v1/people/match", "", Map.of()).reply();
        assertTrue(unauthorized.contentType().startsWith("text/plain"));
        assertFalse(unauthorized.headers().containsKey("x-rate-limit-minute"));
    }

    @Test
    void fixedWindowsOpenAtTheFirstCallAndAreToldInHeaders() {
        Asking narrow = Asking.of(SandboxOptions.builder().clock(clock).quota("apollo", "2/1m"));
        String uri = "/apollo/api/v1/people/match?email=a%40b.example";
        assertEquals("1", narrow.post(uri, "").headers().get("x-minute-requests-left"));
        clock.advance(Duration.ofSeconds(59));
        assertEquals("", narrow.post(uri, "").headers().get("x-rate-limit-hourly"));
        Reply refused = narrow.post(uri, "");
        assertEquals(429, refused.status());
        assertEquals("1", refused.headers().get("retry-after"));
        clock.advance(Duration.ofSeconds(1));
        assertEquals(200, narrow.post(uri, "").status());
        assertEquals(200, narrow.post(uri, "").status(), "both calls of the closed window are forgotten at once");
        JsonNode usage = Asking.json(narrow.post("/apollo/api/v1/usage_stats/api_usage_stats", ""));
        assertEquals(
                2,
                usage.path("[\"api/v1/people\", \"match\"]")
                        .at("/minute/consumed")
                        .asInt());
    }
}
