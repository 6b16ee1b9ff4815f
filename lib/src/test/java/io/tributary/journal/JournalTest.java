package io.tributary.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The journal over a store: in memory here, over others in those who inherit this. */
public class JournalTest {
    private static final SegmentPath FIRST = new SegmentPath("run-1", 3, 0, 0);

    private JournalStore store;

    /** An empty store. */
    protected JournalStore store() throws IOException {
        return new MemoryJournalStore();
    }

    @BeforeEach
    void openStore() throws IOException {
        store = store();
    }

    static Entry entry(String key, Outcome outcome, long at, boolean last) {
        return entry(key, outcome, at, last, List.of());
    }

    private static Entry entry(String key, Outcome outcome, long at, boolean last, List<String> also) {
        return new Entry(
                key,
                "email:" + key,
                "acme",
                "person",
                0,
                "in-" + key,
                outcome,
                "",
                200,
                1,
                0.9,
                1,
                1,
                last,
                at,
                5,
                "",
                "v1",
                also,
                "{}",
                "{\"name\":\"é " + key + "\"}");
    }

    static Intent intent(String key) {
        return new Intent(key, "email:" + key, "acme", "person", 0, "in-" + key, 1);
    }

    @Test
    void keepsWhomAnAnswerAnswersForAsWell() throws IOException {
        Entry both = entry("a", Outcome.MATCHED, 7, true, List.of("domain:acme.com", "email:é@acme.com"));
        byte[] bytes = SegmentCodec.write(List.of(), List.of(both));
        assertEquals(
                List.of(both),
                SegmentCodec.read("p", new ByteArrayInputStream(bytes)).entries());
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        byte[] bytes = SegmentCodec.write(List.of(intent("b")), List.of(entry("a", Outcome.MATCHED, 7, true)));

        Segment segment = SegmentCodec.read("p", new ByteArrayInputStream(bytes));

        assertTrue(segment.isWhole());
        assertEquals(List.of(entry("a", Outcome.MATCHED, 7, true)), segment.entries());
        assertEquals(List.of(intent("b")), segment.intents());
    }

    @Test
    void believesNoSegmentThatIsCutAtAnyByteButKeepsItsWholeRecords() throws IOException {
        List<Entry> entries = IntStream.range(0, 4)
                .mapToObj(i -> entry("k" + i, Outcome.MATCHED, i, true))
                .toList();
        byte[] bytes = SegmentCodec.write(List.of(intent("n")), entries);
        for (int length = 0; length < bytes.length; length++) {
            Segment segment = SegmentCodec.read("p", new ByteArrayInputStream(Arrays.copyOf(bytes, length)));
            assertFalse(segment.isWhole(), "whole at " + length);
            assertEquals(entries.subList(0, segment.entries().size()), segment.entries());
        }
    }

    @Test
    void keepsTheAnswersBeforeTheDamage() throws IOException {
        Random random = new Random(7);
        List<Entry> entries = IntStream.range(0, 400)
                .mapToObj(i -> entry("k" + Long.toHexString(random.nextLong()), Outcome.MATCHED, i, true))
                .toList();
        byte[] bytes = SegmentCodec.write(List.of(), entries);
        bytes[bytes.length * 9 / 10] ^= 1;

        Segment segment = SegmentCodec.read("p", new ByteArrayInputStream(bytes));

        assertFalse(segment.isWhole());
        assertTrue(segment.entries().size() > 100, segment.torn());
        assertEquals(entries.subList(0, segment.entries().size()), segment.entries());
    }

    @Test
    void noticesEveryFlippedBit() throws IOException {
        byte[] bytes = SegmentCodec.write(List.of(intent("n")), List.of(entry("a", Outcome.MATCHED, 7, true)));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            boolean believed;
            try {
                believed = SegmentCodec.read("p", new ByteArrayInputStream(damaged))
                        .isWhole();
            } catch (UnknownVersionException versionByte) {
                believed = false;
            }
            assertFalse(believed, "bit " + bit);
        }
    }

    /** As a store holds it that tore it; and nothing of it is lost to what came before. */
    @Test
    void aSegmentThatTheStoreToreIsToldAndOnlyItsWholeRecordsCount() throws IOException {
        JournalWriter writer = new JournalWriter(store, FIRST, FlushPolicy.DEFAULT);
        writer.intend(List.of(intent("a"), intent("b")));
        byte[] whole = SegmentCodec.write(
                List.of(), List.of(entry("a", Outcome.MATCHED, 0, true), entry("b", Outcome.MATCHED, 0, true)));
        String torn = FIRST.next().text();
        store.put(torn, Arrays.copyOf(whole, whole.length / 2));

        Replay replay = Replay.of(store, "run-1", 3);

        assertEquals(List.of(torn), replay.torn().stream().map(Segment::path).toList());
        assertTrue(replay.isUnresolved("a"));
        assertTrue(replay.isUnresolved("b"));
    }

    @Test
    void anAnswerIsNotBelievedBeforeItsSegmentIsClosed() throws IOException {
        JournalWriter writer = new JournalWriter(store, FIRST, new FlushPolicy(100, Duration.ofSeconds(1)));
        writer.append(entry("a", Outcome.MATCHED, 0, true), 0);

        assertTrue(Replay.of(store, "run-1", 3).ended("a").isEmpty());
        writer.tick(999);
        assertTrue(Replay.of(store, "run-1", 3).ended("a").isEmpty());
        writer.tick(1000);
        assertTrue(Replay.of(store, "run-1", 3).ended("a").isPresent());
    }

    @Test
    void closesASegmentAfterSoManyAnswers() throws IOException {
        JournalWriter writer = new JournalWriter(store, FIRST, new FlushPolicy(2, Duration.ofHours(1)));
        for (String key : List.of("a", "b", "c")) {
            writer.append(entry(key, Outcome.NOT_FOUND, 0, true), 0);
        }
        assertEquals(1, store.list("run-1/3").size());
        writer.close();
        writer.close();
        assertEquals(2, store.list("run-1/3").size());
    }

    @Test
    void anIntentIsDurableBeforeTheCallAndTakesTheAnswersAlong() throws IOException {
        JournalWriter writer = new JournalWriter(store, FIRST, FlushPolicy.DEFAULT);
        writer.append(entry("a", Outcome.MATCHED, 0, true), 0);
        writer.intend(List.of(intent("b")));

        Replay replay = Replay.of(store, "run-1", 3);

        assertTrue(replay.ended("a").isPresent());
        assertTrue(replay.isUnresolved("b"));
        assertEquals(List.of(intent("b")), replay.unresolved());
    }

    @Test
    void answersAndIntentsThatComeTogetherArePutTogether() throws IOException {
        JournalWriter writer = new JournalWriter(store, FIRST, new FlushPolicy(2, Duration.ofHours(1)));
        List<Entry> answers = Stream.of("a", "b", "c")
                .map(key -> entry(key, Outcome.MATCHED, 0, true, List.of()))
                .toList();
        writer.write(answers, List.of(new Intent("d", "email:d", "acme", "person", 0, "in-d", 0)), 0);
        List<String> paths = store.list(SegmentPath.bucketFolder(FIRST.run(), FIRST.bucket()));
        assertEquals(1, paths.size());
        Segment segment = SegmentCodec.read(paths.get(0), store.open(paths.get(0)));
        assertEquals(3, segment.entries().size());
        assertEquals(1, segment.intents().size());
    }

    @Test
    void theEndOfAnAskResolvesItsIntentAndATryThatGoesOnDoesNot() throws IOException {
        JournalWriter writer = new JournalWriter(store, FIRST, FlushPolicy.DEFAULT);
        writer.intend(List.of(intent("a"), intent("b")));
        writer.append(entry("a", Outcome.FAILED, 0, false), 0);
        writer.append(entry("b", Outcome.NOT_FOUND, 0, true), 0);
        writer.close();

        Replay replay = Replay.of(store, "run-1", 3);

        assertTrue(replay.isUnresolved("a"));
        assertFalse(replay.isUnresolved("b"));
    }

    @Test
    void anAnswerWinsOverALaterFailureOfTheSameAsk() throws IOException {
        JournalWriter writer = new JournalWriter(store, FIRST, FlushPolicy.DEFAULT);
        writer.append(entry("a", Outcome.MATCHED, 1, true), 0);
        writer.append(entry("a", Outcome.FAILED, 2, true), 0);
        writer.close();

        assertEquals(
                Outcome.MATCHED,
                Replay.of(store, "run-1", 3).ended("a").orElseThrow().outcome());
    }

    @Test
    void refusesOneKeyWithTwoInputs() {
        JournalWriter writer = new JournalWriter(store, FIRST, FlushPolicy.DEFAULT);
        Entry first = entry("a", Outcome.MATCHED, 1, true);
        Entry other = new Entry(
                "a",
                "email:x",
                "acme",
                "person",
                0,
                "another",
                Outcome.MATCHED,
                "",
                200,
                1,
                0.9,
                1,
                1,
                true,
                2,
                5,
                "",
                "v1",
                List.of(),
                "{}",
                "");
        writer.append(first, 0);
        writer.append(other, 0);
        writer.close();

        assertThrows(IllegalStateException.class, () -> Replay.of(store, "run-1", 3));
    }

    @Test
    void asksNothingMoreOnceTheStoreFailed() {
        JournalStore full = new JournalStore() {
            @Override
            public void put(String path, byte[] content) throws IOException {
                throw new IOException("no space left");
            }

            @Override
            public List<String> list(String directory) {
                return List.of();
            }

            @Override
            public InputStream open(String path) {
                throw new AssertionError("nothing to open");
            }
        };
        JournalWriter writer = new JournalWriter(full, FIRST, FlushPolicy.DEFAULT);
        assertThrows(UncheckedIOException.class, () -> writer.intend(List.of(intent("a"))));
        assertThrows(UncheckedIOException.class, () -> writer.append(entry("b", Outcome.MATCHED, 0, true), 0));
    }

    @Test
    void losesNoAnswerThatManyThreadsAppendAtOnce() throws Exception {
        JournalWriter writer = new JournalWriter(store, FIRST, new FlushPolicy(7, Duration.ofSeconds(1)));
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            int thread = t;
            threads.add(new Thread(() -> IntStream.range(0, 50)
                    .forEach(i -> writer.append(entry(thread + "-" + i, Outcome.MATCHED, i, true), 0))));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        writer.close();

        Replay replay = Replay.of(store, "run-1", 3);
        for (int t = 0; t < 8; t++) {
            for (int i = 0; i < 50; i++) {
                assertTrue(replay.ended(t + "-" + i).isPresent());
            }
        }
    }

    @Test
    void theSameAskHasTheSameKeyAndAnotherEpochAnother() {
        assertEquals(EntryKeys.of("p", "o", "email=a", 0), EntryKeys.of("p", "o", "email=a", 0));
        assertFalse(EntryKeys.of("p", "o", "email=a", 0).equals(EntryKeys.of("p", "o", "email=a", 9)));
    }
}
