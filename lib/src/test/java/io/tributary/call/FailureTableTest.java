package io.tributary.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.call.KeyResult.Disposition;
import io.tributary.journal.Entry;
import io.tributary.model.EntityKind;
import io.tributary.model.Outcome;
import io.tributary.provider.HttpCall;
import io.tributary.provider.Pending;
import io.tributary.provider.QuotaWindow;
import io.tributary.provider.ReAsk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One test per row of the design's failure table. The jitter is pinned to one half. */
class FailureTableTest {
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

    @Test
    void aRejectedKeyIsRotatedOnceAndThenTheProviderIsOff() {
        Night night = night("401", MATCH);
        night.credentials = new TwoKeys();
        night.ask(1);
        assertEquals("a#0@0.0 401@0.1 a#1@0.1", night.story());
        Night off = night("401");
        off.credentials = new TwoKeys();
        KeyResult result = off.ask(1).get(0);
        assertEquals("a#0@0.0 401@0.1 a#1@0.1 401@0.2", off.story());
        assertEquals("bad_credential", result.reason());
        assertEquals(
                List.of("NOT_ASKED"),
                off.ask(1).get(0).results().stream().map(r -> r.source().name()).toList());
    }

    @Test
    void creditsGoneTurnsTheProviderOffAndTheNextOneIsAsked() {
        Night night = new Night(TestProvider.named("a"), TestProvider.named("b"))
                .says("a", "402")
                .says("b", MATCH);
        KeyResult first = night.ask(1).get(0);
        assertEquals(Disposition.SATISFIED, first.disposition());
        night.trace.clear();
        night.ask(1);
        assertEquals(1, night.trace.size(), "only b: " + night.story());
    }

    @Test
    void anAnswerWithWhichTheCreditsEndIsKeptAndTheRestGoesToTheNextProvider() {
        Night night = new Night(TestProvider.named("a").batching(3), TestProvider.named("b"))
                .says("a", "ok p0@acme.test MATCHED\nlast")
                .says("b", MATCH);
        List<KeyResult> results = night.ask(3);
        assertEquals("a*3@0.0 b@0.1 b@0.1", night.story());
        results.forEach(result -> assertEquals(Disposition.SATISFIED, result.disposition()));
        assertEquals("a", results.get(0).results().get(0).provider());
        assertEquals("credits_gone", results.get(1).results().get(0).reason());
    }

    /** What was not found a month ago is asked again, and mostly not found again. */
    @Test
    void aProviderIsNotBlamedForWhatItDidNotFindBefore() {
        Night night = new Night(TestProvider.named("a")).says("a", "ok * NOT_FOUND");
        night.matches.put("a", new MatchWatch(Map.of(EntityKind.PERSON, 0.9)));
        for (int person = 0; person < 60; person++) {
            Question asked = night.question(person);
            night.ask(new Question(asked.key(), asked.inputs(), asked.providers(), Map.of("a", 1_700_000_000L)));
        }
        assertEquals(60, night.trace.size(), night.story());
    }

    @Test
    void aTokenThatIsRefusedIsRenewedAndTheCallTriedOnceMoreBeforeTheProviderIsOff() {
        Night night = new Night(TestProvider.named("a")).says("a", "401", MATCH, "401");
        night.credentials = new Credentials() {
            @Override
            public int keys() {
                return 1;
            }

            @Override
            public HttpCall apply(HttpCall call, int keyIndex) {
                return call;
            }

            @Override
            public boolean renew(int keyIndex) {
                night.trace.add("renew" + night.time.at());
                return true;
            }

            @Override
            public void rejected(int keyIndex) {}
        };
        assertEquals(Disposition.SATISFIED, night.ask(1).get(0).disposition());
        assertEquals("a@0.0 401@0.1 renew@0.1 a@2.1", night.story());
        night.trace.clear();
        KeyResult refused = night.ask(night.question(1));
        assertEquals("bad_credential", refused.reason());
        assertEquals(
                2, night.trace.stream().filter(call -> call.startsWith("a@")).count(), night.story());
    }

    @Test
    void whenARenewedTokenIsRefusedTooTheNextKeyIsTried() {
        Night night = new Night(TestProvider.named("a")).says("a", "401", "401", MATCH);
        night.credentials = new TwoKeys() {
            @Override
            public boolean renew(int keyIndex) {
                return true;
            }
        };
        assertEquals(Disposition.SATISFIED, night.ask(1).get(0).disposition());
        assertEquals("a#0@0.0 401@0.1 a#0@2.1 401@2.2 a#1@2.2", night.story());
    }

    @Test
    void aProviderThatSuddenlyFindsNobodyIsOffAndTheNextOneIsAsked() {
        Night night = new Night(TestProvider.named("a"), TestProvider.named("b"))
                .says("a", "ok * NOT_FOUND")
                .says("b", MATCH);
        night.matches.put("a", new MatchWatch(Map.of(EntityKind.PERSON, 0.9)));
        List<KeyResult> results = IntStream.range(0, 60)
                .mapToObj(person -> night.ask(night.question(person)))
                .toList();
        results.forEach(result -> assertEquals(Disposition.SATISFIED, result.disposition()));
        assertEquals(
                20, night.trace.stream().filter(call -> call.startsWith("a@")).count());
        Entry last = night.entries.stream()
                .filter(entry -> entry.reason().equals(MatchWatch.FELL))
                .findFirst()
                .orElseThrow();
        assertEquals(Outcome.FAILED, last.outcome());
    }

    @Test
    void aBatchThatIsTooLargeIsHalved() {
        Night night = new Night(TestProvider.named("a").batching(4)).says("a", "413", MATCH);
        List<KeyResult> results = night.ask(4);
        assertEquals("a*4@0.0 413@0.1 a*2@0.1 a*2@0.1", night.story());
        results.forEach(result -> assertEquals(Disposition.SATISFIED, result.disposition()));
    }

    @Test
    void onlyTheMissingItemsOfABatchAreAskedAgain() {
        Night night = new Night(TestProvider.named("a").batching(3))
                .says("a", "ok p2@acme.test MATCHED\nok p0@acme.test NOT_FOUND", MATCH);
        List<KeyResult> results = night.ask(3);
        assertEquals("a*3@0.0 a@0.6", night.story());
        assertEquals(Outcome.NOT_FOUND, results.get(0).results().get(0).outcome());
        assertEquals(Outcome.MATCHED, results.get(1).results().get(0).outcome());
        assertEquals(Outcome.MATCHED, results.get(2).results().get(0).outcome());
    }

    /** It may have been bought: it counts with its worst case, and is not asked again in this run. */
    @Test
    void anItemOfABatchThatCannotBeUnderstoodCountsWithItsWorstCase() {
        Night night = new Night(TestProvider.named("a").batching(2))
                .says("a", "ok p0@acme.test MATCHED\nok p1@acme.test UNKNOWN")
                .cap("a", 2);
        night.ask(2);
        assertEquals("a*2@0.0", night.story());
        assertEquals(2, night.budgets.get("a").spent());
    }

    @Test
    void anIncompleteBatchLeavesAfterItsLinger() {
        Night night = new Night(TestProvider.named("a").batching(100)).says("a", MATCH);
        assertEquals(3, night.ask(3).size());
        assertEquals(1, night.trace.size());
        assertEquals(3, night.entries.size());
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

    @Test
    void whatAnEarlierAttemptAnsweredIsNotAskedAgain() {
        Night first = night(MATCH);
        first.ask(2);
        Night second = night(MATCH);
        second.answered = after(first);
        List<KeyResult> results = second.ask(3);
        assertEquals("a@0.0", second.story(), "the third only");
        assertEquals(
                ProviderResult.Source.REPLAYED, results.get(0).results().get(0).source());
        assertEquals(Disposition.SATISFIED, results.get(0).disposition());
    }

    @Test
    void anIntentWithoutAnAnswerFollowsTheReAskRule() {
        Answered interrupted = new Answered() {
            @Override
            public Optional<Entry> ended(String entryKey) {
                return Optional.empty();
            }

            @Override
            public boolean isUnresolved(String entryKey) {
                return true;
            }
        };
        Night hold = new Night(TestProvider.named("a").reAsking(ReAsk.HOLD)).says("a", MATCH);
        hold.answered = interrupted;
        assertEquals("held_for_a_person", hold.ask(1).get(0).reason());
        assertEquals("", hold.story());
        Night again = night(MATCH);
        again.answered = interrupted;
        assertTrue(again.ask(1).get(0).results().get(0).repeatPossible());
    }

    @Test
    void nothingIsSentWhenTheJournalCannotBeWritten() {
        Night night = night(MATCH);
        night.journalBroken = true;
        assertThrows(CompletionException.class, () -> night.ask(1));
        assertEquals("", night.story());
    }

    @Test
    void whatCameIsJournalledAsUnknownWhenReadingItThrows() {
        Night night = night("bug");
        KeyResult result = night.ask(1).get(0);
        assertEquals("UNKNOWN/reading_failed", night.journal());
        assertEquals("bug", night.entries.get(0).body());
        assertEquals(Disposition.DEFERRED, result.disposition());
    }

    @Test
    void aFaultOnTheLoopEndsEveryOpenQuestionAtOnce() {
        Night night = night(MATCH);
        night.appendThrows = true;
        Waterfall waterfall = night.waterfall();
        CompletableFuture<KeyResult> open = waterfall.ask(night.question(0));
        night.time.run();
        assertTrue(open.isCompletedExceptionally());
        CompletableFuture<KeyResult> late = waterfall.ask(night.question(1));
        night.time.run();
        assertTrue(late.isCompletedExceptionally());
        assertEquals(1, night.intents.size());
    }

    @Test
    void closingAbandonsWhatIsInFlightAndSaysSo() {
        Night night = night(MATCH);
        Waterfall waterfall = night.waterfall();
        CompletableFuture<KeyResult> flying = waterfall.ask(night.question(0));
        night.time.runFor(Duration.ofMillis(50));
        waterfall.close();
        night.time.run();
        assertEquals("cancelled", flying.join().reason());
        assertEquals("UNKNOWN/abandoned", night.journal());
        assertEquals(1, night.abandoned);
    }

    private static Answered after(Night night) {
        return new Answered() {
            @Override
            public Optional<Entry> ended(String entryKey) {
                return night.entries.stream()
                        .filter(entry -> entry.last() && entry.entryKey().equals(entryKey))
                        .findFirst();
            }

            @Override
            public boolean isUnresolved(String entryKey) {
                return false;
            }
        };
    }

    private static class TwoKeys implements Credentials {
        @Override
        public int keys() {
            return 2;
        }

        @Override
        public HttpCall apply(HttpCall call, int keyIndex) {
            return call.withHeader("X-Key", "#" + keyIndex);
        }

        @Override
        public void rejected(int keyIndex) {}
    }
}
