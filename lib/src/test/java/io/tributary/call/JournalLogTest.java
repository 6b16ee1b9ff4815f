package io.tributary.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.journal.Entry;
import io.tributary.journal.FlushPolicy;
import io.tributary.journal.Intent;
import io.tributary.journal.JournalWriter;
import io.tributary.journal.LocalJournalStore;
import io.tributary.journal.MemoryJournalStore;
import io.tributary.journal.Replay;
import io.tributary.journal.SegmentPath;
import io.tributary.model.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How long intents wait for company. */
class JournalLogTest {
    private static final Entry ANSWER = new Entry(
            "key",
            "email:ada@acme.com",
            "acme",
            "person",
            0,
            "hash",
            Outcome.MATCHED,
            "",
            200,
            1,
            Double.NaN,
            1,
            1,
            true,
            0,
            0,
            "",
            "1",
            List.of(),
            "",
            "{}");
    private static final Intent INTENT = new Intent("key", "email:ada@acme.com", "acme", "person", 0, "hash", 0);

    private final MemoryJournalStore store = new MemoryJournalStore();

    private JournalLog log(Duration linger) {
        return log(linger, System::nanoTime);
    }

    private JournalLog log(Duration linger, LongSupplier nanos) {
        JournalWriter writer = new JournalWriter(store, new SegmentPath("run-1", 0, 1, 0), FlushPolicy.DEFAULT);
        return new JournalLog(writer, FlushPolicy.DEFAULT, nanos, linger);
    }

    private static CompletableFuture<Void> intend(JournalLog log) {
        return log.intend(List.of(INTENT)).toCompletableFuture();
    }

    @Test
    void whoHurriesWaitsForNoMoreCompany() throws Exception {
        try (JournalLog log = log(Duration.ofHours(1))) {
            CompletableFuture<Void> first = intend(log);
            CompletableFuture<Void> second = intend(log);
            assertFalse(first.isDone());
            log.hurry();
            log.hurry();
            CompletableFuture.allOf(first, second).get(30, TimeUnit.SECONDS);
            assertEquals(1, store.list("run-1/0").size());

            CompletableFuture<Void> later = intend(log);
            assertFalse(later.isDone(), "the hurry was of the batch before");
            assertEquals(1, store.list("run-1/0").size());
        }
    }

    @Test
    void closingWritesTheAnswersThatStillWaitAndRefusesIntentsWhoseCallsNobodyWillSend() throws IOException {
        CompletableFuture<Void> answer;
        CompletableFuture<Void> intent;
        try (JournalLog log = log(Duration.ofHours(1))) {
            log.hurry();
            answer = append(log, 1);
            intent = intend(log);
        }
        assertTrue(answer.isDone() && !answer.isCompletedExceptionally());
        assertTrue(intent.isCompletedExceptionally());
        Replay left = Replay.of(store, "run-1", 0);
        assertEquals(1, left.ends().size());
        assertEquals(List.of(), left.unresolved());
    }

    /** Spark interrupts the thread of a task that it stops, and a file that such a thread writes to is closed under its hands. */
    @Test
    void anInterruptedThreadLosesNoAnswer(@TempDir Path disk) throws Exception {
        LocalJournalStore files = new LocalJournalStore(disk);
        JournalWriter writer = new JournalWriter(files, new SegmentPath("run-1", 0, 1, 0), FlushPolicy.DEFAULT);
        JournalLog log = new JournalLog(writer, FlushPolicy.DEFAULT, System::nanoTime, Duration.ofHours(1));
        append(log, 1);
        Thread.currentThread().interrupt();
        log.close();
        assertTrue(Thread.interrupted(), "whoever comes next hears of it too");
        assertEquals(1, Replay.of(files, "run-1", 0).ends().size());
    }

    /** Each time at another moment of the hand-over, which is what the many times are for. */
    @Test
    void closingLosesNoAnswerThatIsJustHandedOver() throws IOException {
        for (int i = 0; i < 3000; i++) {
            JournalWriter writer = new JournalWriter(store, new SegmentPath("run-1", 0, i, 0), FlushPolicy.DEFAULT);
            try (JournalLog log = new JournalLog(writer, FlushPolicy.DEFAULT, System::nanoTime, Duration.ofNanos(1))) {
                append(log, 1);
                LockSupport.parkNanos(i % 100 * 1000);
            }
            assertEquals(i + 1, store.list("run-1/0").size());
        }
    }

    @Test
    void answersThatFillASegmentWaitForNoMoreCompany() throws Exception {
        try (JournalLog log = log(Duration.ofHours(1))) {
            CompletableFuture<Void> taken = append(log, 150);
            log.hurry();
            taken.get(30, TimeUnit.SECONDS);
            assertEquals(List.of(), store.list("run-1/0"), "the writer holds them");
            CompletableFuture<Void> few = append(log, 49);
            assertFalse(few.isDone());
            CompletableFuture<Void> enough = append(log, 1);
            CompletableFuture.allOf(few, enough).get(30, TimeUnit.SECONDS);
            assertEquals(1, store.list("run-1/0").size());
        }
    }

    @Test
    @Timeout(30)
    void anAnswersAgeCountsFromWhenItCame() throws Exception {
        FakeTime time = new FakeTime();
        try (JournalLog log = log(Duration.ofHours(1), time::nanos)) {
            CompletableFuture<Void> taken = append(log, 1);
            time.runFor(Duration.ofMillis(900));
            log.hurry();
            taken.get(30, TimeUnit.SECONDS);
            assertEquals(List.of(), store.list("run-1/0"));
            time.runFor(Duration.ofMillis(100));
            while (store.list("run-1/0").isEmpty()) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private static CompletableFuture<Void> append(JournalLog log, int answers) {
        return log.append(Collections.nCopies(answers, ANSWER)).toCompletableFuture();
    }
}
