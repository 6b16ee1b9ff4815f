package io.tributary.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.call.KeyResult.Disposition;
import io.tributary.journal.Entry;
import io.tributary.journal.Intent;
import io.tributary.provider.Patience;
import io.tributary.provider.ReAsk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What the journal holds decides what is asked, and what could not be journalled is not asked. */
class JournalledCallsTest {
    private static final String MATCH = "ok * MATCHED";

    private static Night night(String... answers) {
        return new Night(TestProvider.named("a")).says("a", answers);
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
    void whatAnEarlierAttemptLeftPendingIsLookedForAgain() {
        Patience patience = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(20));
        Night first = new Night(TestProvider.named("a").waiting(patience)).says("a", "ok * PENDING");
        first.ask(1);
        Night second = new Night(TestProvider.named("a").waiting(patience)).says("a", MATCH);
        second.answered = after(first);
        assertEquals(Disposition.SATISFIED, second.ask(1).get(0).disposition());
        assertEquals("a@5.0", second.story(), "the job is asked for, and nothing is started anew");
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

    @Test
    void whatIsJustBeingPreparedWhenItClosesIsNotSent() {
        Night night = night(MATCH);
        CompletableFuture<Void> written = new CompletableFuture<>();
        night.log = new CallLog() {
            @Override
            public CompletionStage<Void> intend(List<Intent> more) {
                night.intend(more);
                return written;
            }

            @Override
            public CompletionStage<Void> append(List<Entry> more) {
                return night.append(more);
            }
        };
        Waterfall waterfall = night.waterfall();
        CompletableFuture<KeyResult> asked = waterfall.ask(night.question(0));
        night.time.runFor(Duration.ofMillis(50));
        waterfall.close();
        night.time.runFor(Duration.ofMillis(50));
        written.complete(null);
        night.time.run();
        assertEquals("cancelled", asked.join().reason());
        assertEquals("", night.story());
        assertEquals("FAILED/cancelled", night.journal());
    }

    /** What the journal of that night says. */
    static Answered after(Night night) {
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
}
