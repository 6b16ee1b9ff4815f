package io.tributary.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.call.KeyResult.Disposition;
import io.tributary.provider.Patience;
import io.tributary.provider.Pending;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is asked after whom, and when nobody is; within the budget. */
class WaterfallTest {
    private static final String MATCH = "ok * MATCHED";

    private static Night night(String... answers) {
        return new Night(TestProvider.named("a")).says("a", answers);
    }

    @Test
    void theWaterfallGoesOnUntilAKeyIsSatisfied() {
        Night night = new Night(TestProvider.named("a"), TestProvider.named("b"), TestProvider.named("c"))
                .says("a", "ok * NOT_FOUND")
                .says("b", "ok * MATCHED")
                .says("c", "ok * MATCHED");
        assertEquals(Disposition.SATISFIED, night.ask(1).get(0).disposition());
        assertEquals("a@0.0 b@0.1", night.story());
    }

    @Test
    void aPendingAnswerIsWaitedForInsteadOfAskingTheNext() {
        Night night = new Night(TestProvider.named("a"), TestProvider.named("b"))
                .says("a", "ok * PENDING")
                .says("b", MATCH);
        KeyResult result = night.ask(1).get(0);
        assertEquals("pending", result.reason());
        assertEquals("a@0.0", night.story());
    }

    @Test
    void aPendingAnswerIsFetchedAndOneWithoutAWayToFetchItIsNotAskedForAnew() {
        Night night = new Night(TestProvider.named("a")).says("a", MATCH);
        Question question = night.question(0);
        assertEquals(Disposition.EXHAUSTED, night.ask(pending(question, "")).disposition());
        assertEquals("", night.story());
        assertEquals(
                Disposition.SATISFIED, night.ask(pending(question, "job-1")).disposition());
        assertEquals("a@0.0", night.story());
    }

    private static Question pending(Question question, String job) {
        return new Question(
                question.key(),
                question.inputs(),
                question.providers(),
                Map.of("a", 0L),
                Map.of("a", new Pending("op", job)));
    }

    @Test
    void aRunWaitsForAPendingAnswerAsLongAsTheProvidersFileSays() {
        Patience patience = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(20));
        Night night = new Night(TestProvider.named("a").waiting(patience), TestProvider.named("b"))
                .says("a", "ok * PENDING", "ok * PENDING", MATCH)
                .says("b", MATCH);
        KeyResult result = night.ask(1).get(0);
        assertEquals("a@0.0 a@5.1 a@13.2", night.story());
        assertEquals(Disposition.SATISFIED, result.disposition());
        assertEquals(1, result.results().size(), "the answer stands in the place of the promise");
        assertEquals("PENDING/ PENDING/ MATCHED/", night.journal(), "the job is in the journal from the first look on");
        assertTrue(
                night.entries.stream().limit(2).allMatch(entry -> entry.jobId().equals("job 7")));

        Night slow = new Night(TestProvider.named("a").waiting(patience), TestProvider.named("b"))
                .says("a", "ok * PENDING")
                .says("b", MATCH);
        assertEquals("pending", slow.ask(1).get(0).reason());
        assertEquals("a@0.0 a@5.1 a@13.2 a@21.3", slow.story(), "and nobody else is asked");
    }

    @Test
    void aJobThatHasComeFurtherIsWaitedForAnew() {
        Patience patience = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(20));
        Night night = new Night(TestProvider.named("a").waiting(patience))
                .says("a", "ok * PENDING", "ok * PENDING", "ok * PENDING:8", "ok * PENDING:9", MATCH);
        assertEquals(Disposition.SATISFIED, night.ask(1).get(0).disposition());
        assertEquals("a@0.0 a@5.1 a@13.2 a@18.3 a@23.4", night.story());
    }

    @Test
    void aLookThatFailsLeavesTheAnswerPending() {
        Patience patience = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(20));
        Night night = new Night(TestProvider.named("a").waiting(patience), TestProvider.named("b"))
                .says("a", "ok * PENDING", "402")
                .says("b", MATCH);
        KeyResult result = night.ask(1).get(0);
        assertEquals(Disposition.DEFERRED, result.disposition());
        assertEquals("pending", result.reason());
        assertEquals("a@0.0 402@5.2", night.story().replace(" a@5.1", ""));
    }

    @Test
    void anAnswerThatTurnsOutToBeNoneLetsTheNextProviderBeAsked() {
        Patience patience = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(20));
        Night night = new Night(TestProvider.named("a").waiting(patience), TestProvider.named("b"))
                .says("a", "ok * PENDING", "ok * NOT_FOUND")
                .says("b", MATCH);
        assertEquals(Disposition.SATISFIED, night.ask(1).get(0).disposition());
        assertEquals("a@0.0 a@5.1 b@5.2", night.story());
    }

    @Test
    void aSuppressedPersonIsShownToNobodyElse() {
        Night night = new Night(TestProvider.named("a"), TestProvider.named("b"))
                .says("a", "ok * SUPPRESSED")
                .says("b", MATCH);
        assertEquals(Disposition.EXHAUSTED, night.ask(1).get(0).disposition());
        assertEquals("a@0.0", night.story());
    }

    @Test
    void theBudgetIsNeverExceededEvenWithBatchesAndUnknowns() {
        Night night = new Night(TestProvider.named("a").batching(10))
                .says("a", MATCH, "timeout", MATCH)
                .cap("a", 50);
        List<KeyResult> results = night.ask(200);
        assertEquals(50, night.budgets.get("a").spent());
        assertEquals(
                40,
                results.stream()
                        .filter(r -> r.disposition() == Disposition.SATISFIED)
                        .count());
        assertTrue(results.stream()
                .filter(r -> r.disposition() == Disposition.DEFERRED)
                .allMatch(r -> r.reason().equals("budget_spent") || r.reason().equals("timeout")));
    }

    @Test
    void creditsThatWereNotUsedAreSpentOnOtherKeys() {
        Night night = night("ok * NOT_FOUND").cap("a", 2);
        List<KeyResult> results = night.ask(10);
        results.forEach(result -> assertEquals(Disposition.EXHAUSTED, result.disposition()));
    }
}
