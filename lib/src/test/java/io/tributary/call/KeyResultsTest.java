package io.tributary.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.journal.Entry;
import io.tributary.journal.FlushPolicy;
import io.tributary.journal.JournalStore;
import io.tributary.journal.JournalWriter;
import io.tributary.journal.LocalJournalStore;
import io.tributary.journal.MemoryJournalStore;
import io.tributary.journal.Replay;
import io.tributary.journal.SegmentPath;
import io.tributary.model.Outcome;
import io.tributary.provider.HttpAnswer;
import io.tributary.quota.Budget;
import io.tributary.quota.Gate;
import io.tributary.quota.GateSettings;
import io.tributary.quota.GuavaPacer;
import io.tributary.quota.RetryBudget;
import io.tributary.quota.Share;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The waterfall with its real threads and a real journal. */
@Timeout(30)
class KeyResultsTest {
    private static final TestProvider PROVIDER = TestProvider.named("a");

    @Test
    void workIsPulledOnlyAsFastAsResultsAreTakenAndAllOfItIsJournalled() throws IOException {
        MemoryJournalStore store = new MemoryJournalStore();
        AtomicInteger pulled = new AtomicInteger();
        Set<String> seen = new HashSet<>();
        try (ScheduledLoop loop = new ScheduledLoop("test-calls", Clock.systemUTC());
                JournalLog log = log(store)) {
            Waterfall waterfall = waterfall(loop, log, (call, mayLeave) -> CompletableFuture.completedFuture(match()));
            Iterator<Question> questions = questions(1000, pulled);
            KeyResults results = waterfall.results(questions);
            while (results.hasNext()) {
                assertTrue(pulled.get() - seen.size() <= CallSettings.DEFAULT.keysInFlight());
                seen.add(results.next().key().value());
            }
        }
        assertEquals(1000, seen.size());
        Replay replay = Replay.of(store, "run-1", 0);
        assertEquals(List.of(), replay.unresolved());
        assertTrue(replay.torn().isEmpty());
        assertTrue(store.list("run-1/0").size() < 500, "intents share segments");
    }

    @Test
    void anInterruptCancelsTheWorkAndIsPassedOn() {
        MemoryJournalStore store = new MemoryJournalStore();
        try (ScheduledLoop loop = new ScheduledLoop("test-calls", Clock.systemUTC());
                JournalLog log = log(store)) {
            KeyResults results = waterfall(loop, log, (call, mayLeave) -> new CompletableFuture<>())
                    .results(questions(10, new AtomicInteger()));
            Thread.currentThread().interrupt();
            assertThrows(CancellationException.class, results::next);
            assertTrue(Thread.interrupted());
        }
    }

    /** As a task of Spark ends that is stopped: everything is closed by a thread that stays interrupted. */
    @Test
    void anInterruptedTaskJournalsEveryAnswerThatCame(@TempDir Path disk) throws Exception {
        LocalJournalStore store = new LocalJournalStore(disk);
        AtomicInteger sent = new AtomicInteger();
        CountDownLatch allSent = new CountDownLatch(10);
        try (JournalLog log = log(store);
                ScheduledLoop loop = new ScheduledLoop("test-calls", Clock.systemUTC());
                Waterfall waterfall = waterfall(loop, log, (call, mayLeave) -> {
                    allSent.countDown();
                    return sent.incrementAndGet() <= 5
                            ? CompletableFuture.completedFuture(match())
                            : new CompletableFuture<>();
                })) {
            KeyResults results = waterfall.results(questions(10, new AtomicInteger()));
            for (int i = 0; i < 5; i++) {
                results.next();
            }
            assertTrue(allSent.await(10, TimeUnit.SECONDS));
            Thread.currentThread().interrupt();
            assertThrows(CancellationException.class, results::next);
        }
        assertTrue(Thread.interrupted());
        Replay replay = Replay.of(store, "run-1", 0);
        assertEquals(List.of(), replay.unresolved(), "what was in flight is journalled as unknown");
        assertEquals(
                Map.of(Outcome.MATCHED, 5L, Outcome.UNKNOWN, 5L),
                replay.ends().stream().collect(Collectors.groupingBy(Entry::outcome, Collectors.counting())));
    }

    @Test
    void aTaskThatFailsGivesBackWhatItsCallsHeld() throws Exception {
        Gate gate =
                new Gate(List.of(), GateSettings.of(Share.ALL, 5), GuavaPacer::new, java.time.InstantSource.system());
        Lane lane = new Lane(
                gate,
                Breaker.standard("a", Clock.systemUTC()),
                Credentials.none(),
                RetryBudget.standard(),
                MatchWatch.none(),
                notice -> {});
        MemoryJournalStore store = new MemoryJournalStore();
        CountDownLatch sent = new CountDownLatch(5);
        try (JournalLog log = log(store);
                ScheduledLoop loop = new ScheduledLoop("test-calls", Clock.systemUTC());
                Waterfall failing = waterfall(loop, log, lane, (call, mayLeave) -> {
                    sent.countDown();
                    return new CompletableFuture<>();
                })) {
            questions(5, new AtomicInteger()).forEachRemaining(failing::ask);
            assertTrue(sent.await(10, TimeUnit.SECONDS));
        }
        Replay replay = Replay.of(store, "run-1", 0);
        assertEquals(List.of(), replay.unresolved(), "what was in flight is journalled as unknown");

        try (JournalLog log = log(new MemoryJournalStore());
                ScheduledLoop loop = new ScheduledLoop("test-calls", Clock.systemUTC());
                Waterfall retry =
                        waterfall(loop, log, lane, (call, mayLeave) -> CompletableFuture.completedFuture(match()))) {
            KeyResults results = retry.results(questions(20, new AtomicInteger()));
            int done = 0;
            while (results.hasNext()) {
                assertEquals(KeyResult.Disposition.SATISFIED, results.next().disposition());
                done++;
            }
            assertEquals(20, done);
        }
    }

    private static JournalLog log(JournalStore store) {
        JournalWriter writer = new JournalWriter(store, new SegmentPath("run-1", 0, 1, 0), FlushPolicy.DEFAULT);
        return new JournalLog(writer, FlushPolicy.DEFAULT, System::nanoTime, JournalLog.DEFAULT_LINGER);
    }

    private static Waterfall waterfall(EventLoop loop, CallLog log, Transport transport) {
        Gate gate =
                new Gate(List.of(), GateSettings.of(Share.ALL, 100), GuavaPacer::new, java.time.InstantSource.system());
        Lane lane = new Lane(
                gate,
                Breaker.standard("a", Clock.systemUTC()),
                Credentials.none(),
                RetryBudget.standard(),
                MatchWatch.none(),
                notice -> {});
        return waterfall(loop, log, lane, transport);
    }

    private static Waterfall waterfall(EventLoop loop, CallLog log, Lane lane, Transport transport) {
        return new Waterfall(
                loop,
                transport,
                log,
                List.of(new Waterfall.Source(PROVIDER, lane, Budget.unlimited())),
                Answered.nothing(),
                CallSettings.DEFAULT,
                () -> 0.5);
    }

    private static Iterator<Question> questions(int count, AtomicInteger pulled) {
        Night night = new Night(PROVIDER);
        return IntStream.range(0, count)
                .peek(i -> pulled.incrementAndGet())
                .mapToObj(night::question)
                .iterator();
    }

    private static HttpAnswer match() {
        return new HttpAnswer(200, Map.of(), "ok * MATCHED".getBytes(StandardCharsets.UTF_8));
    }
}
