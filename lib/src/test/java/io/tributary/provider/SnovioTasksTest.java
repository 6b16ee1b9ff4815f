package io.tributary.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What Snov.io says about a task that was started: a fixture holds the start only. */
class SnovioTasksTest {
    private static final Pending TASK = new Pending("email-finder", "af50");
    private static final Operation FINDER =
            ShippedSpecsTest.spec("snovio").resumption(TASK).orElseThrow();
    private static final List<Ask> ADA = List.of(new Ask(
            "1",
            new LookupKey(KeyKind.EMAIL, "1"),
            new Identifiers(Map.of(Input.FIRST_NAME, "Ada", Input.LAST_NAME, "Example", Input.DOMAIN, "acme.example")),
            0,
            Optional.of(TASK)));

    private static Reading read(int status, String body) {
        return FINDER.read(ADA, new HttpAnswer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Outcome outcome(int status, String body) {
        return read(status, body).items().get(0).outcome();
    }

    @Test
    void theResultIsAskedForByItsHash() {
        HttpCall call = FINDER.render(ADA);
        assertEquals("GET", call.method());
        assertEquals(
                "https://api.snov.io/v2/emails-by-domain-by-name/result?task_hash=af50",
                call.uri().toString());
        assertEquals(ReAsk.FREE, FINDER.reAsk(ReAsk.ASK_AGAIN));
    }

    @Test
    void everyKindOfTaskIsAskedForWhereItIsFound() {
        ProviderSpec snovio = ShippedSpecsTest.spec("snovio");
        Pending search = new Pending("company", "6f15");
        Operation company = snovio.resumption(search).orElseThrow();
        List<Ask> acme = List.of(new Ask(
                "1",
                new LookupKey(KeyKind.EMAIL, "1"),
                new Identifiers(Map.of(Input.DOMAIN, "acme.example")),
                0,
                Optional.of(search)));
        assertEquals(
                "https://api.snov.io/v2/domain-search/result/6f15",
                company.render(acme).uri().toString());
        String done = "{\"status\":\"completed\",\"data\":{\"company_name\":\"Acme\",\"website\":\"acme.example\","
                + "\"industry\":\"Computer Software\"},\"meta\":{\"task_hash\":\"6f15\"}}";
        Reading read = company.read(acme, new HttpAnswer(200, Map.of(), done.getBytes(StandardCharsets.UTF_8)));
        assertEquals(Outcome.MATCHED, read.items().get(0).outcome());
        assertTrue(company.patience().isPresent());
        Operation profile =
                snovio.resumption(new Pending("linkedin-profile", "77aa")).orElseThrow();
        assertEquals(
                "https://api.snov.io/v2/li-profiles-by-urls/result?task_hash=77aa",
                profile.render(List.of(new Ask(
                                "1",
                                new LookupKey(KeyKind.EMAIL, "1"),
                                new Identifiers(Map.of(Input.LINKEDIN, "linkedin.com/in/ada-example")),
                                0,
                                Optional.of(new Pending("linkedin-profile", "77aa")))))
                        .uri()
                        .toString());
    }

    @Test
    void aTaskGoesOnEndsOrIsGone() {
        assertEquals(Outcome.PENDING, outcome(200, "{\"status\":\"in_progress\",\"data\":[]}"));
        assertEquals(Outcome.PENDING, outcome(200, "{\"status\":\"in progress\",\"data\":[]}"));
        assertEquals(
                Optional.of("af50"),
                read(200, "{\"status\":\"in_progress\"}").items().get(0).jobId());
        assertEquals(
                Outcome.MATCHED,
                outcome(
                        200,
                        "{\"status\":\"completed\",\"data\":[{\"people\":\"Ada Example\","
                                + "\"result\":[{\"email\":\"ada@acme.example\",\"smtp_status\":\"valid\"}]}]}"));
        assertEquals(
                Outcome.NOT_FOUND,
                outcome(200, "{\"status\":\"completed\",\"data\":[{\"people\":\"Ada Example\",\"result\":[]}]}"));
        assertEquals(Outcome.NOT_FOUND, outcome(200, "{\"status\":\"completed\",\"data\":[]}"));
        Reading gone = read(404, "{\"errors\":{\"code\":404}}");
        assertEquals(Outcome.UNKNOWN, gone.items().get(0).outcome());
        assertEquals("unknown_task", gone.reason());
    }

    @Test
    void whatTheStartWasCountedAtIsNotCountedAgain() {
        String done = "{\"status\":\"completed\",\"data\":[{\"people\":\"Ada Example\",\"result\":["
                + "{\"email\":\"ada@acme.example\",\"smtp_status\":\"valid\"}]}]}";
        assertEquals(0, read(200, done).items().get(0).credits());
        assertEquals(4, FINDER.worstCaseCredits());
    }

    @Test
    void creditsEndInsideATwoHundredAndWhatCameIsKept() {
        assertEquals(
                Verdict.CREDITS_GONE,
                read(200, "{\"status\":\"not_enough_credits\",\"data\":[]}").verdict());
        Reading last = read(
                200,
                "{\"status\":\"not_enough_credits\",\"data\":[{\"people\":\"Ada Example\","
                        + "\"result\":[{\"email\":\"ada@acme.example\",\"smtp_status\":\"valid\"}]}]}");
        assertEquals(Verdict.ANSWERED_LAST, last.verdict());
        assertEquals(Outcome.MATCHED, last.items().get(0).outcome());
    }

    @Test
    void aFailedPollIsRepeatedFreely() {
        assertEquals(Verdict.TRANSIENT, read(502, "you ran out of credits").verdict());
        assertEquals(Verdict.TRANSIENT, read(500, "{}").verdict());
    }
}
