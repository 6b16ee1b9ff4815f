package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.jobs.report.Figure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is paid twice, whatever dies: nights on a cluster of real processes, of which a seed decides what goes wrong. The
 * provider's books are the judge.
 */
@Order(4)
class ChaosIT {
    /** Plenty of work on which something dies, and soon done. */
    private static final int FEW = 240;

    private static final int MANY = 2000;

    /** An executor dies at work, one stands still, one that has flushed dies, then the driver. */
    static final long SHORT = 231;

    private static final Path REPORTS = Home.FOLDER.resolve("jobs/acceptance/target/chaos");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void executorsAndTheDriverDieAndNothingThatWasFlushedIsPaidTwice() throws Exception {
        ChaosResults results = new ChaosResults(folder.resolve("short.jsonl"));
        play(FEW, new long[] {SHORT}, results, "chaos-short");
        ChaosOutcome outcome = results.all().get(0);
        assertEquals(3, outcome.kills(), outcome.toString());
        assertTrue(outcome.events().stream().allMatch(ChaosEvent::ran), outcome.toString());
        assertTrue(outcome.bound() < FEW, "the bound says nothing: " + outcome);
    }

    /**
     * {@code -Dtributary.chaos.seed} plays one round, or several with commas between them; {@code from} and {@code rounds} say which
     * others, and {@code keys} how many keys each of them has. What they came to is added to what was played before and summed
     * up; {@code rounds=0} does only that. {@code results} names the file that keeps them, from the project's folder.
     */
    @Test
    @Tag("chaos")
    void manyRounds() throws Exception {
        play(
                Integer.getInteger("tributary.chaos.keys", MANY),
                seeds(),
                new ChaosResults(
                        Home.FOLDER.resolve(System.getProperty("tributary.chaos.results", REPORTS + "/results.jsonl"))),
                "chaos");
    }

    private static long[] seeds() throws IOException {
        String named = System.getProperty("tributary.chaos.seed", "");
        int rounds = Integer.getInteger("tributary.chaos.rounds", 200);
        if (!named.isEmpty()) {
            return Stream.of(named.split(","))
                    .map(String::strip)
                    .mapToLong(Long::parseLong)
                    .toArray();
        }
        long from = Long.getLong("tributary.chaos.from", 1000);
        return rounds == 0
                ? new long[0]
                : LongStream.concat(LongStream.of(replayed()), LongStream.range(from, from + rounds))
                        .toArray();
    }

    /** Seeds of rounds that once failed. */
    private static long[] replayed() throws IOException {
        try (var seeds = ChaosIT.class.getResourceAsStream("/chaos-seeds.txt")) {
            return new String(seeds.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .mapToLong(line -> Long.parseLong(line.strip().split("\\s", 2)[0]))
                    .toArray();
        }
    }

    /** A round that breaks off is one that failed; the others are played all the same. */
    private void play(int keys, long[] seeds, ChaosResults results, String name) throws Exception {
        Path report = REPORTS.resolve(name + ".txt");
        Files.createDirectories(REPORTS);
        if (seeds.length > 0) {
            try (ChaosRounds rounds = new ChaosRounds(folder, keys, seeds.length > 3)) {
                List<CompletableFuture<Void>> played = new ArrayList<>();
                for (long seed : seeds) {
                    ChaosPlan plan = ChaosPlan.of(seed);
                    played.add(rounds.play(plan)
                            .exceptionally(brokenOff -> ChaosOutcome.brokenOff(plan, keys, brokenOff))
                            .thenAccept(outcome -> keep(outcome, results, report)));
                }
                played.forEach(CompletableFuture::join);
            }
        }
        List<ChaosOutcome> all = results.all();
        Files.write(report, ChaosTotals.lines(all));
        List<ChaosOutcome> broken =
                all.stream().filter(each -> !each.broken().isEmpty()).toList();
        assertEquals(List.of(), broken, () -> "rounds that broke a promise; all of them are in " + report);
        new Figures(name).hold(Figure.atMost("rounds that broke a promise, of " + all.size(), broken.size(), 0));
    }

    private static synchronized void keep(ChaosOutcome outcome, ChaosResults results, Path report) {
        try {
            results.append(outcome);
            Files.write(report, ChaosTotals.lines(results.all()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
