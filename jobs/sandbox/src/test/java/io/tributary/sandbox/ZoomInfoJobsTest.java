package io.tributary.sandbox;

import static io.tributary.sandbox.ZoomInfoLegacyCalls.ADA;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.asking;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.billed;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.contacts;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.enrich;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.people;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.send;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.showing;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.truths;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Truth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bulk jobs of ZoomInfo's Enterprise API. */
class ZoomInfoJobsTest {
    private final ManualClock clock = new ManualClock();
    private final Asking all = asking(clock, 1, FaultProfile.NONE.withQuirks(0));

    private String start(Asking asking, String... inputs) {
        Reply started = send(asking, "/bulk/enrich/contact", contacts(inputs));
        assertEquals(200, started.status());
        String id = Asking.json(started).path("jobId").asText();
        assertTrue(id.matches("[0-9a-f]{40}"), id);
        return id;
    }

    private static JsonNode status(Asking asking, String job) {
        return Asking.json(send(asking, "/bulk/job/status", "{\"jobId\":\"" + job + "\"}"));
    }

    private static Reply page(Asking asking, String job, int page) {
        return send(asking, "/bulk/job/results", "{\"jobId\":\"" + job + "\",\"page\":" + page + "}");
    }

    private static List<Integer> pages(JsonNode status) {
        List<Integer> pages = new ArrayList<>();
        status.path("successfulPages").forEach(page -> pages.add(page.asInt()));
        return pages;
    }

    @Test
    void aJobIsAcceptedAskedForAndReadInPages() {
        String job = start(all, people(1200));
        assertEquals(1200, billed(all));
        assertEquals(Set.of(Truth.LATER), new HashSet<>(truths(all).values()));
        assertEquals("In_Progress", status(all, job).path("status").asText());
        assertFalse(status(all, job).has("successfulPages"));
        assertEquals(404, page(all, job, 1).status());
        clock.advance(Duration.ofSeconds(2));
        JsonNode done = status(all, job);
        assertEquals("Completed", done.path("status").asText());
        assertEquals(List.of(1, 2, 3), pages(done));
        assertEquals(3, done.path("totalPages").asInt());
        assertEquals(1200, done.path("totalRecords").asInt());
        JsonNode last = Asking.json(page(all, job, 3));
        assertEquals(200, last.path("currentResults").asInt());
        assertEquals(
                "p1000@firm1000.example",
                last.at("/result/0/input/emailaddress").asText());
        assertTrue(last.at("/result/0/data").isObject());
        assertTrue(last.at("/result/0/data/id").isNumber());
        assertEquals(400, page(all, job, 4).status());
        page(all, job, 1);
        page(all, job, 2);
        assertEquals(Set.of(Truth.FOUND), new HashSet<>(truths(all).values()));
        assertEquals(1200, billed(all));
        assertEquals(0, all.gateway().ledger().counts("zoominfo-legacy").repeats());
        assertEquals(404, send(all, "/bulk/job/status", "{\"jobId\":\"x\"}").status());
    }

    @Test
    void aPageThatFailsIsNotBilledAndItsRecordsAreOnNoPage() {
        Asking failing = showing(clock, "page-failed", 0.5);
        String job = start(failing, people(4000));
        clock.advance(Duration.ofSeconds(2));
        List<Integer> good = pages(status(failing, job));
        assertTrue(!good.isEmpty() && good.size() < 8, good.toString());
        good.forEach(page -> page(failing, job, page));
        assertEquals(500 * good.size(), billed(failing));
        Map<Truth, Long> truths =
                truths(failing).values().stream().collect(Collectors.groupingBy(truth -> truth, Collectors.counting()));
        assertEquals(Map.of(Truth.FOUND, 500L * good.size(), Truth.UNANSWERED, 4000 - 500L * good.size()), truths);
        Asking never = showing(clock, "page-failed", 0);
        String whole = start(never, people(1000));
        clock.advance(Duration.ofSeconds(2));
        assertEquals(List.of(1, 2), pages(status(never, whole)));
    }

    @ParameterizedTest
    @CsvSource({
        "job-failed, Failed, 0, 0",
        "capitals, COMPLETED, 3, 1200",
        "page-gap, Completed, 3, 1200",
        "large-pages, Completed, 2, 1200"
    })
    void aJobShowsItsQuirkAtItsRateAndOnlyThen(String quirk, String word, int count, double price) {
        Asking always = showing(clock, quirk, 1);
        String job = start(always, people(1200));
        clock.advance(Duration.ofSeconds(2));
        JsonNode status = status(always, job);
        assertEquals(word, status.path("status").asText());
        assertEquals(count, pages(status).size());
        assertEquals(price, billed(always));
        if (quirk.equals("page-gap")) {
            assertEquals(List.of(1, 3, 4), pages(status));
            assertEquals(4, status.path("totalPages").asInt());
        }
        if (quirk.equals("job-failed")) {
            assertEquals(Set.of(Truth.UNANSWERED), new HashSet<>(truths(always).values()));
        }
        Asking never = showing(clock, quirk, 0);
        String plain = start(never, people(1200));
        clock.advance(Duration.ofSeconds(2));
        assertEquals("Completed", status(never, plain).path("status").asText());
        assertEquals(List.of(1, 2, 3), pages(status(never, plain)));
    }

    @Test
    void creditsEndInTheMiddleOfAJob() {
        Asking poor = asking(
                clock, 1, FaultProfile.parse("{\"quirks\": {\"all\": 0}, \"credits\": {\"zoominfo-legacy\": 700}}"));
        String job = start(poor, people(1200));
        assertEquals(700, billed(poor));
        clock.advance(Duration.ofSeconds(2));
        page(poor, job, 3);
        assertEquals(Truth.UNANSWERED, truths(poor).get("p1100@firm1100.example"));
        Reply refused = enrich(poor, ADA);
        assertEquals(400, refused.status());
        assertTrue(Asking.json(refused).path("error").asText().startsWith("Exceeded the max limit"));
    }
}
