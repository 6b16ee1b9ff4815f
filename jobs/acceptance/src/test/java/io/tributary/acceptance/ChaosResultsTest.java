package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosResultsTest {
    @TempDir
    Path folder;

    @Test
    void sittingsAddUpAndARoundPlayedAgainCountsOnce() throws Exception {
        Path file = folder.resolve("chaos/results.jsonl");
        new ChaosResults(file).append(round(7, 3, "the night had ended"));
        new ChaosResults(file).append(round(8, 4, ""));
        new ChaosResults(file).append(round(7, 5, ""));
        List<ChaosOutcome> all = new ChaosResults(file).all();
        assertEquals(List.of(round(7, 5, ""), round(8, 4, "")), all);
    }

    @Test
    void totalsSayWhatRanAndWhatDidNotAndWhy() {
        List<String> lines =
                ChaosTotals.lines(List.of(round(1, 3, ""), round(2, 0, "the night had ended"), round(3, 4, "")));
        assertTrue(
                lines.contains("kill -9 of a worker | 2 | 1: the night had ended | 7"), () -> String.join("\n", lines));
        assertTrue(lines.contains("the driver stands still | 0 | 0 | 0"), () -> String.join("\n", lines));
        assertEquals(
                "rounds 3 of 240 keys | failed 0 | kills 3 | repeats 7 | repeats per kill 2.3 | worst of repeats to bound 0.40"
                        + " | late 0",
                lines.get(lines.size() - 3));
        assertEquals("rounds by commit: 1234567 3", lines.get(lines.size() - 2));
        assertEquals(
                "a round 30 s: 5 to the first calls, 10 of calls, 8 after the last, 7 for the rest",
                lines.get(lines.size() - 1));
    }

    private static ChaosOutcome round(long seed, long repeats, String notRun) {
        return new ChaosOutcome(
                "1234567",
                seed,
                240,
                List.of(new ChaosEvent(ChaosFault.WORKER_KILLED, notRun, repeats, 10)),
                1,
                2,
                repeats,
                10,
                repeats,
                0,
                List.of(),
                new RoundTime(5, 10, 8, 7),
                List.of());
    }
}
