package io.tributary.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.call.KeyResult.Disposition;
import io.tributary.journal.Entry;
import io.tributary.model.EntityKind;
import io.tributary.model.Outcome;
import io.tributary.provider.HttpCall;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What turns a provider off for the run, and who is asked in its place. */
class ProviderOffTest {
    private static final String MATCH = "ok * MATCHED";

    private static Night night(String... answers) {
        return new Night(TestProvider.named("a")).says("a", answers);
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
