package io.tributary.jobs.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.coordinator.Claim;
import io.tributary.coordinator.RunShares;
import io.tributary.coordinator.WindowState;
import io.tributary.jobs.store.StoredEntries;
import io.tributary.provider.QuotaWindow;
import io.tributary.quota.Report;
import io.tributary.quota.WindowId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that agree by files on a disk. */
class QuotaLedgerTest {
    private static final WindowId ONLY = new WindowId(0, "");
    private static final List<QuotaWindow> HUNDRED = List.of(new QuotaWindow(100, Duration.ofSeconds(1), false));

    @TempDir
    Path folder;

    private QuotaLedger ledger(String run, Map<String, String> accounts) throws IOException {
        return new QuotaLedger(
                new StoredEntries(new Configuration(), new org.apache.hadoop.fs.Path(folder.toUri())),
                run,
                Claim.EQUAL,
                accounts,
                Clock.systemUTC());
    }

    private static Map<String, RunShares.Wish> wish(String provider, int held, int wants) {
        Report.Use use = new Report.Use(ONLY, held, 0, List.of(), wants, 1, Optional.empty());
        return Map.of(provider, new RunShares.Wish(HUNDRED, List.of(use)));
    }

    @Test
    void whatRunsHoldTogetherIsNeverMoreThanThereIsHoweverTheyRace() throws Exception {
        int runs = 4;
        int exchanges = 60;
        ExecutorService threads = Executors.newFixedThreadPool(runs);
        List<Future<Integer>> ends = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            QuotaLedger ledger = ledger("run" + i, Map.of());
            ends.add(threads.submit(() -> {
                int held = 0;
                for (int n = 0; n < exchanges; n++) {
                    held = ledger.exchange(wish("acme", held, 100))
                            .get("acme")
                            .allotments()
                            .get(ONLY)
                            .held();
                }
                return held;
            }));
        }
        int together = 0;
        for (Future<Integer> end : ends) {
            together += end.get();
        }
        threads.shutdown();
        assertTrue(together <= 100, together + " held together");
        WindowState state = ledger("reader", Map.of())
                .state()
                .windows()
                .get("acme")
                .values()
                .iterator()
                .next();
        assertEquals(runs, state.parts().size(), "no run's entry was lost: " + state);
        assertEquals(
                100, state.parts().stream().mapToInt(WindowState.Part::held).sum());
        try (Stream<Path> entries = Files.list(folder)) {
            assertTrue(entries.filter(file -> file.toString().endsWith(".json")).count() <= 16, "old entries go");
        }
    }

    @Test
    void providersOfOneAccountAreOneAndOthersAreNot() throws Exception {
        QuotaLedger first = ledger("first", Map.of("hunter", "sales"));
        QuotaLedger second = ledger("second", Map.of("hunter-eu", "sales"));
        QuotaLedger third = ledger("third", Map.of());
        assertEquals(
                100,
                first.exchange(wish("hunter", 0, 100))
                        .get("hunter")
                        .allotments()
                        .get(ONLY)
                        .held());
        assertEquals(
                0,
                second.exchange(wish("hunter-eu", 0, 100))
                        .get("hunter-eu")
                        .allotments()
                        .get(ONLY)
                        .held());
        assertEquals(
                100,
                third.exchange(wish("hunter", 0, 100))
                        .get("hunter")
                        .allotments()
                        .get(ONLY)
                        .held());
    }

    @Test
    void aRunThatEndsLeavesRoom() throws Exception {
        QuotaLedger first = ledger("first", Map.of());
        first.exchange(wish("acme", 0, 100));
        first.end(wish("acme", 100, 0));
        QuotaLedger second = ledger("second", Map.of());
        assertEquals(
                100,
                second.exchange(wish("acme", 0, 100))
                        .get("acme")
                        .allotments()
                        .get(ONLY)
                        .held());
    }

    @Test
    void anEntryThatCannotBeReadIsToldWithWhatToDo() throws Exception {
        Files.writeString(folder.resolve("00000000000000000007.json"), "{\"windows\": 1}");
        IOException told =
                assertThrows(IOException.class, () -> ledger("first", Map.of()).exchange(wish("acme", 0, 1)));
        assertTrue(
                told.getMessage().contains("entry 7") && told.getMessage().contains("remove the ledger's folder"),
                told.getMessage());
    }
}
