package io.tributary.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** How many calls are open at once, as answers become slower and faster. */
class InFlightTest {
    private static final long MILLI = 1_000_000;

    private final InFlight inFlight = new InFlight(64);
    private final Random random = new Random(7);

    private void answers(int count, double millis) {
        for (int i = 0; i < count; i++) {
            inFlight.sent();
            inFlight.ended();
            // Log-normal: one in a hundred takes four times as long.
            inFlight.answered((long) (millis * MILLI * Math.exp(0.6 * random.nextGaussian())));
        }
    }

    @Test
    void answersThatVaryAsTheyAlwaysDidChangeNothing() {
        for (int i = 0; i < 1000; i++) {
            answers(10, 50);
            assertTrue(inFlight.allowed() >= 48, "after " + i + ": " + inFlight.allowed());
        }
    }

    @Test
    void aProviderThatBecomesSlowIsAskedLessAtOnce() {
        answers(1000, 50);
        answers(100, 500);
        assertTrue(inFlight.allowed() <= 8, "still " + inFlight.allowed());
    }

    @Test
    void oneThatStaysSlowGetsItsCallsBackSoThatTheQuotaIsUsed() {
        answers(1000, 50);
        answers(2000, 500);
        assertEquals(64, inFlight.allowed());
    }

    @Test
    void oneThatIsFastAgainGetsThemBackSoon() {
        answers(1000, 50);
        answers(100, 500);
        answers(250, 50);
        assertEquals(64, inFlight.allowed());
    }

    @Test
    void oneAnswerThatHungSaysNothingOfTheOthers() {
        answers(1000, 50);
        answers(1, 25_000);
        answers(9, 50);
        assertTrue(inFlight.allowed() >= 32, "only " + inFlight.allowed());
    }

    @Test
    void aSmallBoundOfTheFileIsNeverPassed() {
        InFlight two = new InFlight(2);
        for (int i = 0; i < 100; i++) {
            two.answered(MILLI * (i < 50 ? 1 : 1000));
            assertTrue(two.allowed() >= 1 && two.allowed() <= 2);
        }
    }
}
