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

class SnovioDialectTest {
    private static final String KEY =
            "grant_type=client_credentials&client_id=sandbox-snovio-id&client_secret=sandbox-snovio-secret";
    private static final String FINDER = "/snovio/v2/emails-by-domain-by-name";
    private static final String TWO =
            "{\"rows\":[{\"first_name\":\"Ada\",\"last_name\":\"Example\",\"domain\":\"acme.example\"},"
                    + "{\"first_name\":\"Bo\",\"last_name\":\"Sample\",\"domain\":\"acme.example\"}]}";
    private final ManualClock clock = new ManualClock();
    private final Asking all = asking(1, FaultProfile.NONE);

    private Asking asking(double rate, FaultProfile faults) {
        return Asking.of(SandboxOptions.builder()
                .clock(clock)
                .matchRate(rate)
                .quotasOff()
                .faults(faults));
    }

    private static Reply token(Asking asking, String body) {
        return asking.send("POST", "/snovio/v1/oauth/access_token", body, Map.of())
                .reply();
    }

    private static Reply send(Asking asking, String method, String uri, String body) {
        String token = Asking.json(token(asking, KEY)).path("access_token").asText();
        return asking.send(method, uri, body, Map.of("authorization", "Bearer " + token))
                .reply();
    }

    private JsonNode task(Asking asking, String path, String query, String body) {
        Reply started = send(asking, "POST", path + "/start" + query, body);
        assertEquals(200, started.status());
        String hash = Asking.json(started).at("/data/task_hash").asText();
        clock.advance(Duration.ofSeconds(3));
        return Asking.json(send(asking, "GET", path + "/result?task_hash=" + hash, ""));
    }

    private static double billed(Asking asking) {
        return asking.gateway().ledger().counts("snovio").billedCredits();
    }

    @Test
    void aTokenIsForAnHourAndForItsClient() {
        JsonNode granted = Asking.json(token(all, KEY));
        assertEquals(3600, granted.path("expires_in").asInt());
        assertEquals(401, token(all, KEY.replace("secret=", "secret=x")).status());
        assertEquals(401, token(all, "").status());
        assertEquals(
                200,
                token(
                                all,
                                "{\"grant_type\":\"client_credentials\",\"client_id\":\"sandbox-snovio-id\","
                                        + "\"client_secret\":\"sandbox-snovio-secret\"}")
                        .status());
        Map<String, String> bearer =
                Map.of("authorization", "Bearer " + granted.path("access_token").asText());
        String balance = "/snovio/v1/get-balance";
        assertEquals(200, all.send("GET", balance, "", bearer).reply().status());
        clock.advance(Duration.ofSeconds(3600));
        assertEquals(401, all.send("GET", balance, "", bearer).reply().status());
        assertEquals(
                401,
                all.send("GET", balance, "", Map.of("authorization", "Bearer x.y"))
                        .reply()
                        .status());
    }

    @Test
    void theFinderIsATaskThatIsPaidWhenItStarts() {
        Reply started = send(all, "POST", FINDER + "/start", TWO);
        String hash = Asking.json(started).at("/data/task_hash").asText();
        double paid = billed(all);
        assertTrue(paid >= 2);
        String result = FINDER + "/result?task_hash=" + hash;
        assertEquals(
                "in_progress",
                Asking.json(send(all, "GET", result, "")).path("status").asText());
        clock.advance(Duration.ofSeconds(3));
        JsonNode done = Asking.json(send(all, "GET", result, ""));
        assertEquals("completed", done.path("status").asText());
        assertEquals("Ada Example", done.at("/data/0/people").asText());
        assertEquals(
                "ada.example@acme.example", done.at("/data/0/result/0/email").asText());
        int addresses = 0;
        for (JsonNode row : done.path("data")) {
            addresses += row.path("result").size();
        }
        assertEquals(addresses, paid);
        assertEquals(paid, billed(all), "polls are free");
        assertEquals(
                404,
                send(all, "GET", "/snovio/v2/li-profiles-by-urls/result?task_hash=" + hash, "")
                        .status(),
                "at its own path only");
        assertTrue(Asking.json(send(all, "GET", FINDER + "/result?task_hash=none", ""))
                .path("errors")
                .isObject());
    }

    @Test
    void missesAreEmptyOrLeftOutAndFree() {
        Asking none = asking(0, FaultProfile.NONE);
        Set<Integer> rows = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            JsonNode done = task(none, FINDER, "", TWO.replace("Ada", "Ada" + (char) ('a' + i)));
            done.path("data").forEach(row -> assertTrue(row.path("result").isEmpty()));
            rows.add(done.path("data").size());
        }
        assertTrue(rows.size() > 1, rows.toString());
        JsonNode profile = task(none, "/snovio/v2/li-profiles-by-urls", "?urls[]=https://www.linkedin.com/in/ada", "");
        assertTrue(profile.at("/data/0/result").isArray());
        assertEquals(0, billed(none));
    }

    @Test
    void pagesNamesAndDomainsHaveTasksToo() {
        JsonNode profile =
                task(all, "/snovio/v2/li-profiles-by-urls", "?urls[]=https://www.linkedin.com/in/ada-example", "");
        assertEquals("Ada Example", profile.at("/data/0/result/name").asText());
        JsonNode domain = task(all, "/snovio/v2/company-domain-by-name", "", "names%5B%5D=Acme");
        assertEquals("acme.example", domain.at("/data/0/result/domain").asText());
        JsonNode started = Asking.json(send(all, "POST", "/snovio/v2/domain-search/start?domain=acme.example", ""));
        assertTrue(started.path("data").isArray());
        String hash = started.at("/meta/task_hash").asText();
        assertTrue(started.at("/links/result").asText().endsWith("/result/" + hash));
        String result = "/snovio/v2/domain-search/result/" + hash;
        assertEquals(
                "in progress",
                Asking.json(send(all, "GET", result, "")).path("status").asText());
        clock.advance(Duration.ofSeconds(3));
        assertEquals(
                "acme.example",
                Asking.json(send(all, "GET", result, "")).at("/data/website").asText());
        assertEquals(3, billed(all));
    }

    @Test
    void oldCallsTakeTheTokenAsAField() {
        String token = Asking.json(token(all, KEY)).path("access_token").asText();
        String uri = "/snovio/v1/get-profile-by-email";
        JsonNode found = Asking.json(
                all.send("POST", uri, "access_token=" + token + "&email=ada.example%40acme.example", Map.of())
                        .reply());
        assertTrue(found.path("success").asBoolean());
        assertEquals("Ada", found.path("firstName").asText());
        assertEquals(1, billed(all));
        Asking none = asking(0, FaultProfile.NONE);
        JsonNode missed = Asking.json(
                none.send("POST", uri, "access_token=" + token + "&email=ada.example%40acme.example", Map.of())
                        .reply());
        assertFalse(missed.path("success").asBoolean(true));
        assertEquals(0, billed(none));
        assertEquals(
                401,
                all.send("POST", uri, "email=a%40b.example", Map.of()).reply().status());
    }

    @Test
    void creditsEndInsideATwoHundred() {
        Asking poor = asking(1, FaultProfile.parse("{\"credits\": {\"snovio\": 1}}"));
        JsonNode some = task(poor, FINDER, "", TWO);
        assertEquals("not_enough_credits", some.path("status").asText());
        assertTrue(billed(poor) <= 1);
        Asking gone = asking(1, FaultProfile.parse("{\"credits\": {\"snovio\": 0}}"));
        Reply refused = send(gone, "POST", FINDER + "/start", TWO);
        assertEquals(200, refused.status());
        assertEquals("not_enough_credits", Asking.json(refused).path("status").asText());
    }

    @Test
    void aBatchCanComeShortOrReversed() {
        Asking reversed = asking(1, FaultProfile.parse("{\"rates\": {\"batch_reordered\": 1}}"));
        assertEquals(
                "Bo Sample",
                task(reversed, FINDER, "", TWO).at("/data/0/people").asText());
        Asking shortened = asking(1, FaultProfile.ofRates(Map.of(FaultKind.BATCH_SHORT, 1.0)));
        assertEquals(1, task(shortened, FINDER, "", TWO).path("data").size());
    }

    @Test
    void refusesWhatItCannotRead() {
        assertEquals(
                400, send(all, "POST", FINDER + "/start", "{\"rows\":[{}]}").status());
        assertEquals(400, send(all, "POST", FINDER + "/start", "{}").status());
        assertEquals(
                400, send(all, "POST", "/snovio/v2/domain-search/start", "").status());
        assertEquals(404, send(all, "GET", "/snovio/v2/nothing", "").status());
    }

    @Test
    void allCallsShareOneWindowThatNoHeaderTells() {
        Asking narrow =
                Asking.of(SandboxOptions.builder().clock(clock).matchRate(1).quota("snovio", "3/1m"));
        assertEquals(200, send(narrow, "POST", FINDER + "/start", TWO).status());
        assertEquals(200, token(narrow, KEY).status(), "tokens count too");
        Reply full = token(narrow, KEY);
        assertEquals(429, full.status());
        assertTrue(full.headers().isEmpty());
    }
}
