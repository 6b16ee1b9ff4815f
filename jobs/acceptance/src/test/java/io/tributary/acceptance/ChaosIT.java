package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.jobs.report.Figure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
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

    /** An executor stands still, one dies at work and one that has flushed, then the driver. */
    private static final long SHORT = 26;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void executorsAndTheDriverDieAndNothingThatWasFlushedIsPaidTwice() throws Exception {
        List<ChaosOutcome> outcomes = rounds("chaos-short", FEW, new long[] {SHORT});
        ChaosOutcome outcome = outcomes.get(0);
        assertEquals(3, outcome.kills(), outcome.toString());
        assertTrue(outcome.faults().stream().noneMatch(fault -> fault.contains("not run")), outcome.toString());
        assertTrue(outcome.bound() < FEW, "the bound says nothing: " + outcome);
    }

    /**
     * {@code -Dtributary.chaos.seed} plays one round, {@code from} and {@code rounds} say which others, and {@code keys} how many
     * keys each of them has.
     */
    @Test
    @Tag("chaos")
    void manyRounds() throws Exception {
        Long seed = Long.getLong("tributary.chaos.seed");
        int keys = Integer.getInteger("tributary.chaos.keys", MANY);
        if (seed != null) {
            rounds("chaos-" + seed, keys, new long[] {seed});
            return;
        }
        long from = Long.getLong("tributary.chaos.from", 1000);
        long[] fresh = LongStream.range(from, from + Integer.getInteger("tributary.chaos.rounds", 200))
                .toArray();
        rounds(
                "chaos",
                keys,
                LongStream.concat(LongStream.of(replayed()), LongStream.of(fresh))
                        .toArray());
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

    private List<ChaosOutcome> rounds(String name, int keys, long[] seeds) throws Exception {
        List<ChaosOutcome> outcomes = new ArrayList<>();
        Path report = Files.createDirectories(Home.FOLDER.resolve("jobs/acceptance/target/chaos"))
                .resolve(name + ".txt");
        try (ChaosRounds rounds = new ChaosRounds(folder, keys)) {
            for (long seed : seeds) {
                outcomes.add(rounds.play(ChaosPlan.of(seed)));
                List<String> lines = new ArrayList<>(
                        outcomes.stream().map(ChaosOutcome::toString).toList());
                lines.add(ChaosOutcome.totals(outcomes));
                Files.write(report, lines);
            }
        }
        List<ChaosOutcome> broken =
                outcomes.stream().filter(each -> !each.broken().isEmpty()).toList();
        assertEquals(List.of(), broken, () -> "rounds that broke a promise; all of them are in " + report);
        new Figures(name).hold(Figure.atMost("rounds that broke a promise, of " + seeds.length, broken.size(), 0));
        return outcomes;
    }
}
