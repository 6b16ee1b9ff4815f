package io.tributary.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.journal.Entry;
import io.tributary.journal.FlushPolicy;
import io.tributary.journal.Intent;
import io.tributary.journal.JournalWriter;
import io.tributary.journal.MemoryJournalStore;
import io.tributary.journal.SegmentPath;
import io.tributary.model.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

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
        JournalWriter writer = new JournalWriter(store, new SegmentPath("run-1", 0, 1, 0), FlushPolicy.DEFAULT);
        return new JournalLog(writer, FlushPolicy.DEFAULT, Clock.systemUTC(), linger);
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
        }
        assertEquals(2, store.list("run-1/0").size());
    }

    @Test
    void closingWritesWhatStillWaits() throws IOException {
        CompletableFuture<Void> waiting;
        try (JournalLog log = log(Duration.ofHours(1))) {
            log.hurry();
            waiting = intend(log);
        }
        assertTrue(waiting.isDone() && !waiting.isCompletedExceptionally());
        assertEquals(1, store.list("run-1/0").size());
    }

    @Test
    void answersThatFillASegmentWaitForNoMoreCompany() throws Exception {
        try (JournalLog log = log(Duration.ofHours(1))) {
            CompletableFuture<Void> few =
                    log.append(Collections.nCopies(149, ANSWER)).toCompletableFuture();
            assertFalse(few.isDone());
            CompletableFuture<Void> enough = log.append(List.of(ANSWER)).toCompletableFuture();
            CompletableFuture.allOf(few, enough).get(30, TimeUnit.SECONDS);
        }
    }
}
