package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChaosPlanTest {
    @Test
    void aSeedAlwaysMeansTheSameRound() {
        for (long seed = 0; seed < 100; seed++) {
            assertEquals(ChaosPlan.of(seed), ChaosPlan.of(seed));
        }
    }

    @Test
    void theSevenSeedsOnThePageHoldEveryFault() {
        assertEquals(EnumSet.allOf(ChaosFault.class), faults(LongStream.of(1003, 1022, 1031, 1051, 1054, 1090, 1123)));
    }

    @Test
    void twoHundredSeedsHoldEveryFault() {
        assertEquals(EnumSet.allOf(ChaosFault.class), faults(LongStream.range(1000, 1200)));
    }

    private static Set<ChaosFault> faults(LongStream seeds) {
        Set<ChaosFault> seen = EnumSet.noneOf(ChaosFault.class);
        seeds.mapToObj(ChaosPlan::of).forEach(plan -> {
            plan.steps().forEach(step -> seen.add(step.fault()));
            plan.between().ifPresent(seen::add);
        });
        return seen;
    }

    @Test
    void theShortRoundIsSomeOfEachKind() {
        assertEquals(
                List.of(
                        ChaosFault.EXECUTOR_KILLED,
                        ChaosFault.EXECUTOR_FROZEN,
                        ChaosFault.QUIET_EXECUTOR_KILLED,
                        ChaosFault.DRIVER_KILLED),
                ChaosPlan.of(ChaosIT.SHORT).steps().stream()
                        .map(ChaosPlan.Step::fault)
                        .toList());
    }

    @Test
    void stepsStandInTheirOrderAndTheLastLeavesWorkForAnotherNight() {
        for (long seed = 0; seed < 200; seed++) {
            double before = 0;
            for (ChaosPlan.Step step : ChaosPlan.of(seed).steps()) {
                assertTrue(step.after() >= before && step.after() < 0.9, "seed " + seed);
                before = step.after();
            }
        }
    }
}
