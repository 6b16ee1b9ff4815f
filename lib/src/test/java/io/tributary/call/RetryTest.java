package io.tributary.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.call.KeyResult.Disposition;
import io.tributary.model.Outcome;
import io.tributary.provider.QuotaWindow;
import io.tributary.provider.ReAsk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is tried again, when, and what is not. The jitter is pinned to one half. */
class RetryTest {
    private static final String MATCH = "ok * MATCHED";

    private static Night night(String... answers) {
        return new Night(TestProvider.named("a")).says("a", answers);
    }

    @Test
    void asksOnceAndJournalsTheAnswer() {
        Night night = night(MATCH);
        KeyResult result = night.ask(1).get(0);
        assertEquals("a@0.0", night.story());
        assertEquals("MATCHED/", night.journal());
        assertEquals(Disposition.SATISFIED, result.disposition());
        assertEquals(1, night.intents.size());
        assertEquals(100, night.entries.get(0).durationMillis());
    }

    @Test
    void retriesServerErrorsThreeTimesWithGrowingWaitsAndThenDefers() {
        Night night = night("500");
        KeyResult result = night.ask(1).get(0);
        assertEquals("a@0.0 500@0.1 a@0.6 500@0.7 a@1.7 500@1.8", night.story());
        assertEquals("(FAILED/server_error) (FAILED/server_error) FAILED/server_error", night.journal());
        assertEquals(Disposition.DEFERRED, result.disposition());
        assertEquals(0, result.results().get(0).credits());
    }

    @Test
    void waitsAsLongAsAServerErrorAsksFor() {
        Night night = night("503|Retry-After=7", MATCH);
        night.ask(1);
        assertEquals("a@0.0 503@0.1 a@7.1", night.story());
    }

    @Test
    void aRefusedConnectionIsRetriedAndIsNoRepeat() {
        Night night = night("refused", MATCH);
        ProviderResult result = night.ask(1).get(0).results().get(0);
        assertEquals("a@0.0 refused@0.1 a@0.6", night.story());
        assertEquals(false, result.repeatPossible());
    }

    @Test
    void aCallWhoseLeaseEndedBeforeItLeftTakesItsTurnAgainAndUsesNoTry() {
        Night night = night("late", "late", "late", "late", "late", "late", MATCH);
        ProviderResult result = night.ask(1).get(0).results().get(0);
        assertTrue(night.story().endsWith("late@0.6 a@0.6"), night.story());
        assertEquals("MATCHED/", night.journal());
        assertEquals(false, result.repeatPossible());
    }

    @Test
    void aRateLimitPausesEveryCallAndUsesNoTry() {
        Night night =
                night("429|Retry-After=30", "429|Retry-After=30", "429|Retry-After=30", "429|Retry-After=30", MATCH);
        KeyResult result = night.ask(1).get(0);
        assertEquals(
                "a@0.0 429@0.1 a@31.6 429@31.7 a@63.2 429@63.3 a@94.8 429@94.9 a@126.4",
                night.story(),
                "30 s and half of a tenth in jitter");
        assertEquals(Disposition.SATISFIED, result.disposition());
    }

    @Test
    void aRateLimitOfOneCallHoldsBackTheOthersOfTheProcess() {
        Night night = new Night(TestProvider.named("a").under(new QuotaWindow(1, Duration.ofMillis(200), false)))
                .says("a", "429|Retry-After=30", MATCH);
        night.ask(2);
        assertEquals("a@0.0 429@0.1 a@31.6 a@31.9", night.story());
    }

    @Test
    void aPauseThatIsTooLongDefersTheProvidersRemainingWork() {
        Night night = night("429|Retry-After=1000");
        List<KeyResult> results = night.ask(3);
        results.forEach(result -> {
            assertEquals(Disposition.DEFERRED, result.disposition());
            assertEquals("rate_limited", result.reason());
        });
        assertEquals(Optional.of("rate_limited"), night.lanes.get("a").gate().closedBecause());
    }

    @Test
    void endlessRateLimitsEndAfterTheLongestPause() {
        Night night = night("429");
        KeyResult result = night.ask(1).get(0);
        assertEquals("rate_limited", result.reason());
        assertTrue(night.time.nanos() <= Duration.ofMinutes(16).toNanos(), night.story());
    }

    @Test
    void aUsedUpWindowOfAGoodAnswerHoldsTheNextCall() {
        Night night = new Night(TestProvider.named("a").under(new QuotaWindow(1, Duration.ofMillis(200), false)))
                .says("a", MATCH + "|RateLimit=\"d\";r=0;t=50", MATCH);
        night.ask(2);
        assertEquals("a@0.0 a@50.1", night.story());
    }

    @Test
    void tooManyAtOnceHalvesTheCallsInFlight() {
        Night night = night("498", "498", "498", "498", MATCH);
        List<KeyResult> results = night.ask(4);
        results.forEach(result -> assertEquals(Disposition.SATISFIED, result.disposition()));
        assertEquals(
                1, night.trace.stream().filter(event -> event.equals("a@1.2")).count(), night.story());
    }

    @Test
    void aTimeoutIsUnknownAndAskedAgainOnlyWhereTheRuleAllows() {
        Night night = night("timeout", MATCH);
        ProviderResult result = night.ask(1).get(0).results().get(0);
        assertEquals("(UNKNOWN/timeout) MATCHED/", night.journal());
        assertTrue(result.repeatPossible());
        assertEquals(2, result.credits(), "the first may have been bought");
    }

    @Test
    void aTimeoutThatIsFollowedByServerErrorsStaysUnknown() {
        Night night = night("timeout", "503");
        KeyResult result = night.ask(1).get(0);
        assertEquals("(UNKNOWN/timeout) (FAILED/server_error) UNKNOWN/server_error", night.journal());
        assertEquals(Outcome.UNKNOWN, result.results().get(0).outcome());
        assertEquals(1, result.results().get(0).credits());
    }

    @Test
    void anUnknownOutcomeIsHeldWhereTheRuleSaysSo() {
        Night night = new Night(TestProvider.named("a").reAsking(ReAsk.HOLD)).says("a", "reset", MATCH);
        KeyResult result = night.ask(1).get(0);
        assertEquals("a@0.0 reset@0.1", night.story());
        assertEquals("UNKNOWN/reset", night.journal());
        assertEquals(Disposition.DEFERRED, result.disposition());
    }

    @Test
    void aFreeReReadCostsTheBudgetOnce() {
        Night night = new Night(TestProvider.named("a").reAsking(ReAsk.FREE))
                .says("a", "timeout", MATCH)
                .cap("a", 1);
        assertEquals(Disposition.SATISFIED, night.ask(1).get(0).disposition());
        assertEquals(1, night.budgets.get("a").spent());
    }

    @Test
    void whatCameOfATornOrUnreadableBodyIsJournalled() {
        Night torn = new Night(TestProvider.named("a").reAsking(ReAsk.HOLD)).says("a", "torn");
        torn.ask(1);
        assertEquals("{\"half\":", torn.entries.get(0).body());
        assertEquals(200, torn.entries.get(0).httpStatus());
        Night unreadable = new Night(TestProvider.named("a").reAsking(ReAsk.HOLD)).says("a", "<html>");
        unreadable.ask(1);
        assertEquals("UNKNOWN/unreadable", unreadable.journal());
        assertEquals("<html>", unreadable.entries.get(0).body());
    }

    @Test
    void theCircuitOpensAfterFiveFaultsAndLetsOneTrialThroughAfterAMinute() {
        Night night = night("500", "500", "500", "500", "500", MATCH);
        Waterfall waterfall = night.waterfall();
        List<CompletableFuture<KeyResult>> asked = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            asked.add(waterfall.ask(night.question(i)));
        }
        night.time.runFor(Duration.ofSeconds(50));
        asked.forEach(
                result -> assertEquals("service_unavailable", result.join().reason()));
        assertEquals(
                5, night.trace.stream().filter(event -> event.startsWith("a@")).count());
        CompletableFuture<KeyResult> meanwhile = waterfall.ask(night.question(5));
        night.time.runFor(Duration.ofMillis(10));
        assertEquals("service_unavailable", meanwhile.join().reason());
        night.time.schedule(Duration.ofSeconds(20), () -> {
            asked.add(waterfall.ask(night.question(6)));
            asked.add(waterfall.ask(night.question(7)));
        });
        night.time.run();
        assertEquals(Disposition.SATISFIED, asked.get(5).join().disposition(), "the trial");
        assertEquals("service_unavailable", asked.get(6).join().reason(), "beside the trial");
    }

    @Test
    void recordsThatAreNotFoundAndRateLimitsNeverOpenTheCircuit() {
        Night night = night("429", "429", "429", "429", "429", "429", "ok * NOT_FOUND");
        List<KeyResult> results = night.ask(20);
        results.forEach(result -> assertEquals(Disposition.EXHAUSTED, result.disposition()));
    }
}
