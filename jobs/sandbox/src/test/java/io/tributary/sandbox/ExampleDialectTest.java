package io.tributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.ledger.Counts;
import io.tributary.sandbox.wire.Reply;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExampleDialectTest {
    private final ManualClock clock = new ManualClock();
    private final Asking all =
            Asking.of(SandboxOptions.builder().matchRate(1).quotasOff().clock(clock));

    @Test
    void findsAPersonByAnyOfThreeIdentifiers() {
        for (String body : new String[] {
            "{\"email\":\" Ada.Example@ACME.example\"}",
            "{\"linkedin_url\":\"https://www.linkedin.com/in/ada-example/\"}",
            "{\"name\":\"Ada Example\",\"company\":\"Acme\"}"
        }) {
            Reply reply = all.post("/example/v1/person/enrich", body);
            assertEquals(200, reply.status(), body);
            assertEquals("Ada Example", Asking.json(reply).at("/name/full").asText());
            double confidence = Asking.json(reply).path("confidence").asDouble();
            assertTrue(confidence >= 0.5 && confidence <= 0.99, "confidence " + confidence);
        }
    }

    @Test
    void aBulkItemAndASingleAskOfOnePersonAreARepeat() {
        all.post("/example/v1/person/enrich", "{\"email\":\"ada@acme.example\"}");
        JsonNode results = Asking.json(
                        all.post("/example/v1/person/bulk", "{\"emails\":[\"Ada@acme.example\",\"bo@acme.example\"]}"))
                .path("results");
        assertEquals("Ada@acme.example", results.at("/0/email").asText());
        assertEquals(200, results.at("/1/status").asInt());
        Counts counts = all.gateway().ledger().counts("example");
        assertEquals(3, counts.billed());
        assertEquals(2, counts.distinct());
        assertEquals(1, counts.repeats());
    }

    @Test
    void missesAreFree() {
        Asking none = Asking.of(SandboxOptions.builder().matchRate(0));
        assertEquals(
                404,
                none.post("/example/v1/person/enrich", "{\"email\":\"ada@acme.example\"}")
                        .status());
        assertEquals(
                404, none.get("/example/v1/company/enrich?domain=acme.example").status());
        assertEquals(0, none.gateway().ledger().totals().billedCredits());
        assertEquals(2, none.gateway().ledger().totals().distinct());
    }

    @Test
    void aBulkCallWithAWebhookIsReadLater() {
        String id = Asking.json(all.post(
                        "/example/v1/person/bulk",
                        "{\"emails\":[\"ada@acme.example\"],\"webhook_url\":\"https://hooks.example/1\"}"))
                .path("request_id")
                .asText();
        assertEquals(
                "processing",
                Asking.json(all.get("/example/v1/requests/" + id))
                        .path("status")
                        .asText());
        clock.advance(Duration.ofSeconds(2));
        JsonNode done = Asking.json(all.get("/example/v1/requests/" + id));
        assertEquals("completed", done.path("status").asText());
        assertEquals(200, done.at("/data/0/status").asInt());
        assertEquals(1, all.gateway().ledger().totals().billed());
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        assertEquals(
                400, all.post("/example/v1/person/enrich", "{\"name\":\"Ada\"}").status());
        assertEquals(400, all.post("/example/v1/person/enrich", "{oops").status());
        assertEquals(
                422,
                all.post("/example/v1/person/enrich", "{\"email\":\"ada\"}").status());
        assertEquals(422, all.get("/example/v1/company/enrich?domain=acme").status());
        assertEquals(404, all.get("/example/v2/nothing").status());
        Map<String, String> wrong = Map.of("x-api-key", "wrong");
        assertEquals(
                401,
                all.send("GET", "/example/v1/company/enrich?domain=a.example", "", wrong)
                        .reply()
                        .status());
        assertEquals(1, all.gateway().ledger().totals().refusedAuth());
    }

    @Test
    void tellsTheRateInHeaders() {
        Asking asking = Asking.of(SandboxOptions.builder().clock(clock).quota("example", "2/1m"));
        Reply first = asking.get("/example/v1/company/enrich?domain=acme.example");
        clock.advance(Duration.ofSeconds(20));
        assertEquals("1", first.headers().get("x-ratelimit-remaining"));
        asking.get("/example/v1/company/enrich?domain=acme.example");
        Reply refused = asking.get("/example/v1/company/enrich?domain=acme.example");
        assertEquals(429, refused.status());
        assertEquals("2", refused.headers().get("x-ratelimit-limit"));
        assertEquals("40", refused.headers().get("retry-after"));
        long reset = clock.instant().getEpochSecond() + 40;
        assertEquals(Long.toString(reset), refused.headers().get("x-ratelimit-reset"));
        assertFalse(first.headers().containsKey("retry-after"));
    }
}
