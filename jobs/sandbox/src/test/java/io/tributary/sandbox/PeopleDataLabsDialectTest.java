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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeopleDataLabsDialectTest {
    private static final String PERSON = "/peopledatalabs/v5/person/enrich";
    private static final String PEOPLE = "/peopledatalabs/v5/person/bulk";
    private static final String COMPANY = "/peopledatalabs/v5/company/enrich";
    private static final String COMPANIES = "/peopledatalabs/v5/company/enrich/bulk";
    private static final String ADA = "{\"email\":\"ada.example@acme.example\",\"company\":[]}";
    private final ManualClock clock = new ManualClock();

    private Asking showing(double matchRate, String quirk) {
        return asking(
                matchRate,
                FaultProfile.parse("{\"quirks\": {\"peopledatalabs\": 0, \"peopledatalabs." + quirk + "\": 1}}"));
    }

    private Asking asking(double matchRate, FaultProfile faults) {
        return Asking.of(
                SandboxOptions.builder().clock(clock).matchRate(matchRate).faults(faults));
    }

    private Asking plain(double matchRate) {
        return asking(matchRate, FaultProfile.parse("{\"quirks\": {\"peopledatalabs\": 0}}"));
    }

    private static String people(int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        "{\"params\":{\"email\":\"p" + i + "@acme.example\"},\"metadata\":{\"row\":\"" + i + "\"}}")
                .collect(Collectors.joining(",", "{\"requests\":[", "]}"));
    }

    private static List<Truth> truths(Asking asking) {
        return asking.gateway().ledger().entries("peopledatalabs").stream()
                .map(CallEntry::truth)
                .toList();
    }

    private static Counts counts(Asking asking) {
        return asking.gateway().ledger().counts("peopledatalabs");
    }

    @Test
    void aPersonLiesInDataAndACompanyIsFlatAndBothArePaidEachTime() {
        Asking all = plain(1);
        Reply reply = all.post(PERSON, ADA);
        JsonNode person = Asking.json(reply);
        assertEquals(200, person.path("status").asInt());
        assertEquals("ada example", person.at("/data/full_name").asText());
        assertTrue(person.path("likelihood").isInt());
        assertEquals("1", reply.headers().get("x-call-credits-spent"));
        assertEquals("enrich", reply.headers().get("x-call-credits-type"));
        Reply firm = all.get(COMPANY + "?website=acme.example");
        assertEquals("acme", Asking.json(firm).path("name").asText());
        assertTrue(Asking.json(firm).path("data").isMissingNode());
        assertEquals("enrich_company", firm.headers().get("x-call-credits-type"));
        assertEquals("2", firm.headers().get("x-lifetime-used"));
        all.get(PERSON + "?email=ada.example%40acme.example");
        assertEquals(3, counts(all).billedCredits());
        assertEquals(1, counts(all).repeats());
    }

    @Test
    void aMissIsA404AndFree() {
        Asking none = plain(0);
        for (Reply miss : List.of(none.post(PERSON, ADA), none.get(COMPANY + "?name=Acme"))) {
            assertEquals(404, miss.status());
            assertEquals("not_found", Asking.json(miss).at("/error/type").asText());
            assertEquals("0", miss.headers().get("x-call-credits-spent"));
        }
        assertEquals(List.of(Truth.MISSED, Truth.MISSED), truths(none));
        assertEquals(0, counts(none).billed());
        Asking unsure = plain(1);
        assertEquals(
                404,
                unsure.post(PERSON, "{\"email\":\"ada.example@acme.example\",\"min_likelihood\":11}")
                        .status());
    }

    @Test
    void aBatchIsABareListInOrderWithAStatusForEachItem() {
        Asking all = plain(1);
        String requests =
                "{\"requests\":[{\"params\":{\"email\":\"ada.example@acme.example\"},\"metadata\":{\"row\":\"17\"}},"
                        + "{\"params\":{\"name\":\"Bo Example\",\"company\":[\"Acme\",\"acme.example\"]}},"
                        + "{\"params\":{\"name\":\"Bo Example\"},\"metadata\":{\"row\":\"19\"}}]}";
        JsonNode items = Asking.json(all.post(PEOPLE, requests));
        assertTrue(items.isArray());
        assertEquals("17", items.at("/0/metadata/row").asText());
        assertEquals("ada example", items.at("/0/data/full_name").asText());
        assertEquals("bo example", items.at("/1/data/full_name").asText());
        assertFalse(items.path(1).has("metadata"), "only if it was sent");
        assertEquals(400, items.at("/2/status").asInt());
        assertEquals(2, counts(all).billedCredits());
        assertEquals(1, counts(all).calls());
        JsonNode firms = Asking.json(all.post(
                COMPANIES,
                "{\"requests\":[{\"params\":{\"website\":\"acme.example\"},\"metadata\":{\"row\":\"1\"}}]}"));
        assertEquals("Acme", firms.at("/0/display_name").asText());
        assertEquals("1", firms.at("/0/metadata/row").asText());
    }

    @Test
    void takesAPageAndANumber() {
        Asking all = plain(1);
        JsonNode page = Asking.json(all.post(PERSON, "{\"profile\":\"https://www.linkedin.com/in/ada-example\"}"));
        assertEquals("ada example", page.at("/data/full_name").asText());
        assertEquals(200, all.post(PERSON, "{\"phone\":\"+13035550101\"}").status());
        assertEquals(
                List.of("linkedin.com/in/ada-example", "+13035550101"),
                all.gateway().ledger().entries("peopledatalabs").stream()
                        .map(CallEntry::input)
                        .toList());
    }

    @Test
    void refusesWhatItCannotReadAndTellsAWrongPathFromAMiss() {
        Asking all = plain(1);
        assertEquals(400, all.post(PERSON, "{\"name\":\"Ada Example\"}").status());
        assertEquals(400, all.post(PERSON, "[]").status());
        assertEquals(400, all.get(COMPANY).status());
        assertEquals(400, all.post(PEOPLE, "{}").status());
        assertEquals(400, all.post(PEOPLE, people(101)).status());
        assertEquals(405, all.get(PEOPLE).status());
        Reply path = all.post("/peopledatalabs/v5/people/enrich", ADA);
        assertEquals(404, path.status());
        assertTrue(Asking.json(path).path("error").isMissingNode());
        Reply key =
                all.send("POST", PERSON, ADA, Map.of("x-api-key", "not-a-key")).reply();
        assertEquals(401, key.status());
        assertEquals("authentication_error", Asking.json(key).at("/error/type").asText());
        assertEquals(
                200,
                all.get(PERSON + "?email=a%40b.example&api_key=sandbox-peopledatalabs-key")
                        .status());
    }

    @Test
    void eachEndpointHasAFixedMinuteForEachKeyAndTellsItInWordsOfPython() {
        Asking narrow = Asking.of(SandboxOptions.builder()
                .clock(clock)
                .key("peopledatalabs", "second")
                .quota("peopledatalabs", "2/1m")
                .faults(FaultProfile.parse("{\"quirks\": {\"peopledatalabs\": 0}}")));
        Reply first = narrow.post(PEOPLE, people(5));
        assertEquals(
                "{'minute': 2, 'day': None, 'month': None}", first.headers().get("x-ratelimit-limit"));
        assertEquals(
                "{'minute': 1, 'day': None, 'month': None}",
                first.headers().get("x-ratelimit-remaining"),
                "a bulk call is one");
        assertEquals("2026-03-01T02:01:00Z", first.headers().get("x-ratelimit-reset"));
        clock.advance(Duration.ofSeconds(59));
        narrow.post(PEOPLE, people(1));
        Reply refused = narrow.post(PEOPLE, people(1));
        assertEquals(429, refused.status());
        assertEquals("2026-03-01T02:01:00Z", refused.headers().get("x-ratelimit-reset"));
        assertFalse(refused.headers().containsKey("retry-after"));
        assertEquals(404, narrow.post(PERSON, "{\"email\":\"nobody\"}").status(), "another endpoint");
        assertEquals(
                200,
                narrow.send("POST", PEOPLE, people(1), Map.of("x-api-key", "second"))
                        .reply()
                        .status(),
                "another key");
        clock.advance(Duration.ofSeconds(1));
        assertEquals(200, narrow.post(PEOPLE, people(1)).status());
        assertEquals(200, narrow.post(PEOPLE, people(1)).status(), "a window is new as a whole");
    }

    @Test
    void windowsMayBeToldInJson() {
        Reply reply = showing(1, "json-headers").post(PERSON, ADA);
        assertEquals(
                "{\"minute\": 1000, \"day\": null, \"month\": null}",
                reply.headers().get("x-ratelimit-limit"));
        assertEquals(
                "{\"minute\": 999, \"day\": null, \"month\": null}",
                reply.headers().get("x-ratelimit-remaining"));
    }

    @Test
    void whatThePlanDoesNotShowIsTrueOrFalse() {
        for (int i = 0; i < 20; i++) {
            String ask = "{\"email\":\"p" + i + "@acme.example\"}";
            JsonNode usual = Asking.json(plain(1).post(PERSON, ask)).path("data");
            JsonNode gated = Asking.json(showing(1, "gated").post(PERSON, ask)).path("data");
            for (String field : List.of("work_email", "emails", "phone_numbers", "personal_emails", "location_name")) {
                assertFalse(usual.path(field).isBoolean(), field);
                assertTrue(gated.path(field).isBoolean(), field);
            }
            assertEquals(
                    usual.path("work_email").isTextual(),
                    gated.path("work_email").asBoolean());
            assertEquals(usual.path("full_name"), gated.path("full_name"));
        }
    }

    @Test
    void aMissHasThreeForms() {
        JsonNode list = Asking.json(showing(0, "type-a-list").post(PERSON, ADA));
        assertEquals("not_found", list.at("/error/type/0").asText());
        Asking bare = showing(0, "error-missing");
        JsonNode item = Asking.json(bare.post(PEOPLE, people(1))).path(0);
        assertEquals(404, item.path("status").asInt());
        assertTrue(item.path("message").asText().startsWith("No records were found"));
        assertTrue(item.path("error").isMissingNode());
        assertEquals("0", item.at("/metadata/row").asText());
        assertEquals(List.of(Truth.MISSED), truths(bare));
    }

    @Test
    void anAnswerThatIsTooLargeIsA502AndFree() {
        Asking all = plain(1);
        assertEquals(200, all.post(PEOPLE, people(80)).status());
        assertEquals(502, all.post(PEOPLE, people(81)).status());
        assertEquals(80, counts(all).billedCredits());
        assertEquals(200, plain(0).post(PEOPLE, people(100)).status(), "misses are small");
        Asking large = showing(1, "too-large");
        Reply refused = large.post(PEOPLE, people(11));
        assertEquals(502, refused.status());
        assertEquals("api_error", Asking.json(refused).at("/error/type").asText());
        assertEquals(Collections.nCopies(11, Truth.UNANSWERED), truths(large));
        assertEquals(0, counts(large).billed());
        assertEquals(200, large.post(PEOPLE, people(10)).status());
    }

    @Test
    void aBatchCanComeShortReversedDoubledOrWithFailedItems() {
        for (FaultKind kind : List.of(
                FaultKind.BATCH_SHORT, FaultKind.BATCH_REORDERED, FaultKind.BATCH_DOUBLED, FaultKind.BATCH_PARTIAL)) {
            Asking faulty = asking(1, FaultProfile.ofRates(Map.of(kind, 1.0)).withQuirks(0));
            JsonNode items = Asking.json(faulty.post(PEOPLE, people(2)));
            switch (kind) {
                case BATCH_SHORT -> assertEquals(1, items.size());
                case BATCH_REORDERED ->
                    assertEquals("1", items.at("/0/metadata/row").asText());
                case BATCH_DOUBLED -> assertEquals(3, items.size());
                default -> assertEquals(500, items.at("/1/status").asInt());
            }
            assertEquals(
                    kind == FaultKind.BATCH_SHORT || kind == FaultKind.BATCH_PARTIAL ? 1 : 2,
                    counts(faulty).billedCredits(),
                    kind.id());
        }
    }

    @Test
    void creditsEndInsideABatchAndThenWith402() {
        Asking poor = asking(
                1, FaultProfile.parse("{\"credits\": {\"peopledatalabs\": 2}, \"quirks\": {\"peopledatalabs\": 0}}"));
        JsonNode items = Asking.json(poor.post(PEOPLE, people(3)));
        assertEquals(402, items.at("/2/status").asInt());
        assertEquals(List.of(Truth.FOUND, Truth.FOUND, Truth.UNANSWERED), truths(poor));
        assertEquals(2, counts(poor).billedCredits());
        Reply gone = poor.post(PEOPLE, people(1));
        assertEquals(402, gone.status());
        assertEquals("payment_required", Asking.json(gone).at("/error/type").asText());
    }
}
