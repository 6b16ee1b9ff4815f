package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ExposureTest {
    private static final Duration ANSWERED = Duration.ofMillis(200);

    /** One call each 10 ms for ten seconds. */
    private static final List<Long> BILLED =
            LongStream.range(0, 1000).mapToObj(i -> 10 * i).toList();

    @Test
    void whatWasFlushedOrAskedLaterIsNotLost() {
        // Back to 5,000 - 200 - 1,250 - 1,000, on to 6,000.
        assertEquals(
                346,
                Exposure.death(ChaosFault.EXECUTOR_KILLED, 5000, 5000, 2, 16).inVain(BILLED, ANSWERED));
        assertEquals(
                0,
                Exposure.death(ChaosFault.EXECUTOR_KILLED, 20_000, 21_000, 2, 16)
                        .inVain(BILLED, ANSWERED));
    }

    @Test
    void noMoreIsLostThanTasksHold() {
        assertEquals(
                216,
                Exposure.death(ChaosFault.EXECUTOR_KILLED, 5000, 5000, 1, 16).inVain(BILLED, ANSWERED));
    }

    @Test
    void twoDeathsCountTwice() {
        Exposure death = Exposure.death(ChaosFault.EXECUTOR_KILLED, 5000, 5000, 1, 16);
        assertEquals(432, Exposure.repeats(List.of(death, death), BILLED, ANSWERED));
        assertEquals(0, Exposure.repeats(List.of(), BILLED, ANSWERED));
    }
}
