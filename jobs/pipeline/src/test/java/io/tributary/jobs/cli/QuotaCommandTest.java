package io.tributary.jobs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.coordinator.RunShares;
import io.tributary.coordinator.WindowState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuotaCommandTest {
    private static final Instant NOW = Instant.ofEpochSecond(1000);
    private static final RunShares.State STATE = new RunShares.State(Map.of(
            "sales",
            Map.of(
                    "PT24H",
                    new WindowState(
                            List.of(new WindowState.Part(
                                    "run-1", 10, 1, 40, 50, 30, 1, List.of(), 997L * 1_000_000_000)),
                            List.of(
                                    new WindowState.Left(999L * 1_000_000_000, 7),
                                    new WindowState.Left(1001L * 1_000_000_000, 500))))));

    @Test
    void saysWhatCountsNowAndWhichRunHoldsHowMuch() {
        assertEquals(
                List.of("sales 1d 530 used", "run-1 40 held, 30 used, seen 3 s ago"),
                QuotaCommand.text(STATE, NOW)
                        .lines()
                        .map(line -> line.strip().replaceAll(" +", " "))
                        .toList());
        assertEquals(
                "{\"windows\":[{\"account\":\"sales\",\"window\":\"1d\",\"used\":530,\"runs\":[{\"run_id\":\"run-1\","
                        + "\"held\":40,\"used\":30,\"priority\":10,\"weight\":1}]}]}",
                QuotaCommand.json(STATE, NOW));
    }

    @Test
    void saysThatNothingIsUsed() {
        assertEquals("Nothing is used of any quota.\n", QuotaCommand.text(RunShares.State.EMPTY, NOW));
    }
}
