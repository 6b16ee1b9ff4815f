package io.tributary.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was accepted is fetched by the provider's rule, and not bought again. */
class ResumptionTest {
    private static final Identifiers ADA = new Identifiers(Map.of(Input.EMAIL, "ada@acme.com"));
    private static final ProviderSpec CLEARBIT = ShippedSpecsTest.spec("clearbit");
    private static final ProviderSpec EXAMPLE = ShippedSpecsTest.spec("example");

    private static Ask ask(Pending pending) {
        return new Ask("1", new LookupKey(KeyKind.EMAIL, "ada@acme.com"), ADA, 7, Optional.of(pending));
    }

    private static ItemReading read(Operation operation, Pending pending, int status, String body) {
        List<ItemReading> items = operation
                .read(List.of(ask(pending)), new HttpAnswer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)))
                .items();
        assertEquals(1, items.size());
        return items.get(0);
    }

    @Test
    void aJobIsReadFromTheResponseThatAcceptsIt() {
        Operation person = EXAMPLE.operations().get(0);
        Ask fresh = new Ask("1", new LookupKey(KeyKind.EMAIL, "ada@acme.com"), ADA, 0);
        ItemReading reading = person.read(
                        List.of(fresh),
                        new HttpAnswer(202, Map.of(), "{\"request_id\": \"req_1\"}".getBytes(StandardCharsets.UTF_8)))
                .items()
                .get(0);
        assertEquals(Outcome.PENDING, reading.outcome());
        assertEquals(Optional.of("req_1"), reading.jobId());
        assertEquals(1, reading.credits());
    }

    @Test
    void aJobIsAskedForByItsNameAndCostsNothingMore() {
        Pending job = new Pending("person", "req/1");
        Operation poll = EXAMPLE.resumption(job).orElseThrow();
        assertEquals(
                "https://api.example.net/v1/requests/req%2F1",
                poll.render(List.of(ask(job))).uri().toString());
        assertEquals(0, poll.worstCaseCredits());
        assertEquals(ReAsk.FREE, poll.reAsk(ReAsk.HOLD));

        ItemReading done = read(
                poll,
                job,
                200,
                "{\"request_id\": \"req/1\", \"status\": \"completed\","
                        + " \"data\": {\"title\": \"Engineer\", \"company\": {\"name\": \"Acme\"}, \"confidence\": 0.9}}");
        assertEquals(Outcome.MATCHED, done.outcome());
        assertEquals(0, done.credits());
    }

    @Test
    void aJobThatGoesOnKeepsItsNameAndCostsNothingAgain() {
        Pending job = new Pending("person", "req_1");
        ItemReading reading = read(EXAMPLE.resumption(job).orElseThrow(), job, 200, "{\"status\": \"processing\"}");
        assertEquals(Outcome.PENDING, reading.outcome());
        assertEquals(Optional.of("req_1"), reading.jobId());
        assertEquals(0, reading.credits());
    }

    @Test
    void aJobThatIsGoneHasAnUnknownOutcomeUnderItsName() {
        Pending job = new Pending("company", "req_1");
        Operation poll = EXAMPLE.resumption(job).orElseThrow();
        for (ItemReading reading :
                List.of(read(poll, job, 404, "{}"), read(poll, job, 200, "{\"status\": \"failed\"}"))) {
            assertEquals(Outcome.UNKNOWN, reading.outcome());
            assertEquals(Optional.of("req_1"), reading.jobId());
        }
    }

    @Test
    void theSameRequestIsFreeWhereTheAcceptanceWasPaid() {
        Pending queued = new Pending("person", "");
        Operation again = CLEARBIT.resumption(queued).orElseThrow();
        Operation first = CLEARBIT.operations().get(0);
        assertEquals(
                first.render(List.of(ask(queued))).uri(),
                again.render(List.of(ask(queued))).uri());
        assertEquals(first.canonicalInput(ADA), again.canonicalInput(ADA));
        assertEquals(0, again.worstCaseCredits());
        assertEquals(ReAsk.HOLD, again.reAsk(ReAsk.HOLD));

        ItemReading found =
                read(again, queued, 200, "{\"person\": {\"id\": \"p1\", \"name\": {\"fullName\": \"Ada L\"}}}");
        assertEquals(Outcome.PARTIAL, found.outcome());
        assertEquals(0, found.credits());
        assertEquals(
                0,
                read(again, queued, 404, "{\"error\": {\"type\": \"unknown_record\"}}")
                        .credits());
    }

    @Test
    void isTheSameObjectForEveryAnswerSoThatBatchesCanForm() {
        assertSame(
                EXAMPLE.resumption(new Pending("person", "a")).orElseThrow(),
                EXAMPLE.resumption(new Pending("person", "b")).orElseThrow());
    }

    @Test
    void movesWithItsProvider() {
        Pending job = new Pending("person", "req_1");
        Operation poll = EXAMPLE.behind(URI.create("http://127.0.0.1:1/example"))
                .resumption(job)
                .orElseThrow();
        assertEquals(
                "http://127.0.0.1:1/example/v1/requests/req_1",
                poll.render(List.of(ask(job))).uri().toString());
    }

    @Test
    void isMissingWhereThereIsNoRuleNoJobOrNoSuchOperation() {
        assertTrue(ShippedSpecsTest.spec("apollo")
                .resumption(new Pending("person", ""))
                .isEmpty());
        assertFalse(EXAMPLE.resumption(new Pending("person", "")).isPresent());
        assertFalse(EXAMPLE.resumption(new Pending("persons", "req_1")).isPresent());
    }
}
