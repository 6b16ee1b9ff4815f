package io.tributary.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.call.KeyResult.Disposition;
import io.tributary.journal.Entry;
import io.tributary.model.EntityKind;
import io.tributary.model.Outcome;
import io.tributary.provider.HttpCall;
import io.tributary.provider.QuotaWindow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What turns a provider off for the run, and who is asked in its place. */
class ProviderOffTest {
    private static final String MATCH = "ok * MATCHED";

    private static Night night(String... answers) {
        return new Night(TestProvider.named("a")).says("a", answers);
    }

    @Test
    void aRejectedKeyIsReplacedByTheNextAndWithoutOneTheProviderIsOff() {
        Night night = night("401", MATCH);
        night.credentials = new TestKeys(night, 2, 0, Duration.ZERO);
        night.ask(1);
        assertEquals("a#0.0@0.0 401@0.1 a#1.0@0.1", night.story());
        Night off = night("401");
        off.credentials = new TestKeys(off, 2, 0, Duration.ZERO);
        KeyResult result = off.ask(1).get(0);
        assertEquals("a#0.0@0.0 401@0.1 a#1.0@0.1 401@0.2", off.story());
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
        night.credentials = new TestKeys(night, 1, 2, Duration.ofSeconds(2));
        assertEquals(Disposition.SATISFIED, night.ask(1).get(0).disposition());
        assertEquals("a#0.0@0.0 401@0.1 a#0.1@2.1", night.story());
        night.trace.clear();
        KeyResult refused = night.ask(night.question(1));
        assertEquals("bad_credential", refused.reason());
        assertEquals(
                2, night.trace.stream().filter(call -> call.startsWith("a#")).count(), night.story());
    }

    @Test
    void whenARenewedTokenIsRefusedTooTheNextKeyIsTried() {
        Night night = new Night(TestProvider.named("a")).says("a", "401", "401", MATCH);
        night.credentials = new TestKeys(night, 2, 1, Duration.ofSeconds(2));
        assertEquals(Disposition.SATISFIED, night.ask(1).get(0).disposition());
        assertEquals("a#0.0@0.0 401@0.1 a#0.1@2.1 401@2.2 a#1.0@4.2", night.story());
    }

    @Test
    void othersWaitWhileItIsFoundOutWhichKeyToTake() {
        Night night = new Night(TestProvider.named("a").under(new QuotaWindow(1, Duration.ofMillis(200), false)))
                .says("a", "401", MATCH);
        night.credentials = new TestKeys(night, 2, 0, Duration.ofMillis(150));
        assertTrue(night.ask(5).stream().allMatch(result -> result.disposition() == Disposition.SATISFIED));
        assertEquals(
                1, night.trace.stream().filter(call -> call.startsWith("a#0")).count(), night.story());
    }

    @Test
    void aFieldThatTheAccountMayNotSeeIsLeftOutOnceAndSaid() {
        Night night = new Night(TestProvider.named("a")).says("a", "460", MATCH);
        assertTrue(night.ask(3).stream().allMatch(result -> result.disposition() == Disposition.SATISFIED));
        assertEquals(1, night.notices.size(), night.notices.toString());
        assertTrue(night.notices.get(0).contains("may not see salary"), night.notices.get(0));
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

    /** Keys of which each can be renewed so often; whoever is refused hears after a while what to use. */
    private static final class TestKeys implements Credentials {
        private final Night night;
        private final int keys;
        private final int renewals;
        private final Duration pause;
        private Ticket now = new Ticket(0, 0);

        TestKeys(Night night, int keys, int renewals, Duration pause) {
            this.night = night;
            this.keys = keys;
            this.renewals = renewals;
            this.pause = pause;
        }

        @Override
        public Optional<Signed> sign(HttpCall call) {
            return now.key() == keys
                    ? Optional.empty()
                    : Optional.of(new Signed(call.withHeader("X-Key", "#" + now.key() + "." + now.version()), now));
        }

        @Override
        public CompletionStage<Boolean> refused(Ticket ticket) {
            if (pause.isZero()) {
                return CompletableFuture.completedFuture(next(ticket));
            }
            CompletableFuture<Boolean> found = new CompletableFuture<>();
            night.time.schedule(pause, () -> found.complete(next(ticket)));
            return found;
        }

        private boolean next(Ticket ticket) {
            if (ticket.equals(now)) {
                now = now.version() < renewals
                        ? new Ticket(now.key(), now.version() + 1)
                        : new Ticket(now.key() + 1, 0);
            }
            return now.key() < keys;
        }
    }
}
