package io.tributary.journal;

import static io.tributary.journal.JournalTest.entry;
import static io.tributary.journal.JournalTest.intent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private final MemoryJournalStore store = new MemoryJournalStore();

    private void put(long attempt, int sequence, List<Intent> intents, List<Entry> entries) throws IOException {
        store.put(new SegmentPath("r", 1, attempt, sequence).text(), SegmentCodec.write(intents, entries));
    }

    private Replay replay() throws IOException {
        return Replay.of(store, "r", 1);
    }

    @Test
    void anAskThatFailedAndWasBegunAgainMayHaveBeenBought() throws IOException {
        put(0, 0, List.of(intent("a")), List.of());
        put(0, 1, List.of(), List.of(entry("a", Outcome.FAILED, 5, true)));
        assertFalse(replay().isUnresolved("a"));

        put(7, 0, List.of(intent("a")), List.of());
        assertTrue(replay().isUnresolved("a"));
    }

    @Test
    void countsWhatLaterAttemptsAskedAgainAlthoughItMayHaveBeenBought() throws IOException {
        put(1, 0, List.of(intent("a"), intent("b"), intent("c"), intent("d")), List.of());
        put(
                1,
                1,
                List.of(intent("a")),
                List.of(entry("b", Outcome.FAILED, 5, true), entry("c", Outcome.UNKNOWN, 5, true)));
        put(2, 0, List.of(intent("a"), intent("b"), intent("c")), List.of());
        put(2, 1, List.of(), List.of(entry("a", Outcome.MATCHED, 5, true), entry("c", Outcome.MATCHED, 5, true)));
        put(3, 0, List.of(intent("b")), List.of(entry("b", Outcome.MATCHED, 5, true)));

        assertEquals(
                List.of("a", "c", "b"),
                replay().askedAgain().stream().map(Intent::entryKey).toList());
    }

    @Test
    void aTryThatItsAttemptLeftWithoutAnEndIsOpenWhateverOthersMadeOfTheAsk() throws IOException {
        put(1, 0, List.of(intent("a"), intent("b"), intent("c"), intent("d")), List.of());
        put(1, 1, List.of(), List.of(entry("d", Outcome.FAILED, 5, true)));
        put(2, 0, List.of(intent("a"), intent("b")), List.of());
        put(3, 0, List.of(intent("b"), intent("d")), List.of(entry("a", Outcome.NOT_FOUND, 5, true)));
        put(3, 1, List.of(), List.of(entry("d", Outcome.MATCHED, 5, true)));

        assertEquals(
                Set.of("b", "c"),
                replay().unresolved().stream().map(Intent::entryKey).collect(Collectors.toSet()));
        assertEquals(
                List.of("1 a", "1 b", "1 c", "2 a", "2 b", "3 b"),
                replay().open().stream()
                        .map(open -> open.attempt() + " " + open.intent().entryKey())
                        .sorted()
                        .toList());
    }

    @Test
    void aLookAtWhatWasPromisedAndATryThatWasRefusedBuyNothing() throws IOException {
        put(1, 0, List.of(intent("look"), intent("refused"), intent("late"), intent("again")), List.of());
        put(
                1,
                1,
                List.of(intent("look"), intent("again"), intent("late then refused")),
                List.of(
                        entry("look", Outcome.PENDING, 1, true),
                        entry("refused", Outcome.FAILED, 1, false),
                        entry("late", Outcome.UNKNOWN, 1, false),
                        entry("late then refused", Outcome.UNKNOWN, 1, false),
                        entry("again", Outcome.FAILED, 1, false)));
        put(1, 2, List.of(), List.of(entry("late then refused", Outcome.FAILED, 2, false)));
        assertEquals(
                Set.of("late", "again", "late then refused"),
                replay().open().stream().map(open -> open.intent().entryKey()).collect(Collectors.toSet()));
    }

    @Test
    void aFailedRepeatDoesNotResolveTheAskOfADeadAttempt() throws IOException {
        put(0, 0, List.of(intent("a")), List.of());
        put(7, 0, List.of(intent("a")), List.of());
        put(7, 1, List.of(), List.of(entry("a", Outcome.FAILED, 5, true)));
        assertTrue(replay().isUnresolved("a"));

        put(9, 0, List.of(), List.of(entry("a", Outcome.NOT_FOUND, 6, true)));
        assertFalse(replay().isUnresolved("a"));
    }

    @Test
    void aFailureDoesNotHideThatAnEarlierTryMayHaveBeenBought() throws IOException {
        put(0, 0, List.of(), List.of(entry("a", Outcome.UNKNOWN, 1, true)));
        put(7, 0, List.of(), List.of(entry("a", Outcome.FAILED, 2, true)));
        assertEquals(Optional.of(Outcome.UNKNOWN), replay().ended("a").map(Entry::outcome));
    }

    @Test
    void readsTheSegmentsOfAnAttemptInNumericOrder() throws IOException {
        put(0, 999_999, List.of(intent("a")), List.of());
        put(0, 1_000_000, List.of(), List.of(entry("a", Outcome.FAILED, 5, true)));
        assertFalse(replay().isUnresolved("a"));
    }

    @Test
    void refusesAnIntentThatWasMadeFromOtherInputsThanItsAnswer() throws IOException {
        Intent other = new Intent("a", "email:a", "acme", "person", 0, "another", 1);
        put(0, 0, List.of(), List.of(entry("a", Outcome.MATCHED, 5, true)));
        put(1, 0, List.of(other), List.of());
        assertThrows(IllegalStateException.class, this::replay);
    }

    @Property
    void theStrongestThenLatestEndCountsWhicheverAttemptWroteIt(
            @ForAll @Size(min = 1, max = 6) List<Outcome> outcomes, @ForAll @IntRange(max = 1000) int turn)
            throws IOException {
        MemoryJournalStore straight = new MemoryJournalStore();
        MemoryJournalStore turned = new MemoryJournalStore();
        int n = outcomes.size();
        for (int i = 0; i < n; i++) {
            byte[] segment = SegmentCodec.write(List.of(), List.of(entry("a", outcomes.get(i), i, true)));
            straight.put(new SegmentPath("r", 1, i, 0).text(), segment);
            turned.put(new SegmentPath("r", 1, (i + turn) % n, 0).text(), segment);
        }
        Entry kept = Replay.of(straight, "r", 1).ended("a").orElseThrow();
        assertEquals(Optional.of(kept), Replay.of(turned, "r", 1).ended("a"));
        assertEquals(
                outcomes.stream().anyMatch(Outcome::isAnswer), kept.outcome().isAnswer());
    }

    @Test
    void whatMayHaveBeenSpentCountsAnswersAndTheWorstOfWhatIsUnknown() throws IOException {
        store.put(
                new SegmentPath("r", 1, 0, 0).text(),
                SegmentCodec.write(
                        List.of(intent("open"), intent("again")),
                        List.of(
                                entry("bought", Outcome.MATCHED, 1, true),
                                entry("lost", Outcome.UNKNOWN, 2, true),
                                entry("failed", Outcome.FAILED, 3, true))));
        double bought = entry("bought", Outcome.MATCHED, 1, true).credits()
                + entry("lost", Outcome.UNKNOWN, 2, true).credits()
                + entry("failed", Outcome.FAILED, 3, true).credits();

        assertEquals(bought + 3 * 5, replay().mayHaveSpent("acme", operation -> 5, operation -> 0));
        assertEquals(0, replay().mayHaveSpent("another", operation -> 5, operation -> 5));
    }

    @Test
    void whatMayHaveBeenBoughtAndWasAskedAgainMayHaveBeenPaidTwice() throws IOException {
        put(1, 0, List.of(intent("a"), intent("b")), List.of());
        put(2, 0, List.of(intent("a")), List.of(entry("b", Outcome.UNKNOWN, 1, false)));
        put(2, 1, List.of(), List.of(entry("a", Outcome.MATCHED, 2, true), entry("b", Outcome.NOT_FOUND, 2, true)));
        double bought = entry("a", Outcome.MATCHED, 2, true).credits()
                + entry("b", Outcome.UNKNOWN, 1, false).credits()
                + entry("b", Outcome.NOT_FOUND, 2, true).credits();

        assertEquals(bought + 2 * 5, replay().mayHaveSpent("acme", operation -> 5, operation -> 5));
        assertEquals(bought, replay().mayHaveSpent("acme", operation -> 5, operation -> 0));
    }

    @Test
    void aSegmentOfANewerVersionIsNeitherReadNorPassedOver() throws IOException {
        byte[] newer = SegmentCodec.write(List.of(intent("b")), List.of());
        newer[2] = 9;
        store.put(new SegmentPath("r", 1, 0, 0).text(), newer);

        UnknownVersionException refused = assertThrows(UnknownVersionException.class, this::replay);

        assertTrue(refused.getMessage().contains("has version 9"), refused.getMessage());
        assertTrue(refused.getMessage().contains("r/1/0-000000.tj"), refused.getMessage());
    }

    @Test
    void readsTheSegmentThatVersionOneWrote() throws IOException {
        try (InputStream in = ReplayTest.class.getResourceAsStream("/journal/version-1.tj")) {
            Segment segment = SegmentCodec.read("version-1.tj", in);
            assertEquals("", segment.torn());
            assertEquals(List.of(entry("a", Outcome.MATCHED, 7, true)), segment.entries());
            assertEquals(List.of(intent("b")), segment.intents());
        }
    }

    @Test
    void readsBackThePathsThatItWrites() {
        SegmentPath path = new SegmentPath("2026-11-23", 31, 12, 4);
        assertEquals(path, SegmentPath.parse(path.text()));
        assertThrows(IllegalArgumentException.class, () -> SegmentPath.parse("r/1/notes.tj"));
    }
}
