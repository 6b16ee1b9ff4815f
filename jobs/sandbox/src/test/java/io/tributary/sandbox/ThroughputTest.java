package io.tributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class ThroughputTest {
    /** Counted in the server's own processor time, so that a busy machine does not fail it. */
    @Test
    void answersFifteenThousandCallsInASecondOfOneCore() throws Exception {
        ThroughputBench.Figure figure = ThroughputBench.measure(20_000, 40_000);
        assertEquals(40_000, figure.calls());
        assertTrue(figure.callsPerCoreSecond() >= 15_000, figure.toString());
    }
}
