package io.tributary.quota;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The contract of {@link Pacer}, for the arithmetic and for Guava, whose clock only real time moves. */
class PacerTest {
    private static final double RATE = 200;
    private static final double BURST = 5;

    @Test
    void theArithmeticGivesNoMoreThanItsBurstAfterIdling() {
        Pacer pacer = new TokenPacer(RATE, BURST);
        drain(pacer, 0);
        assertTrue(drain(pacer, 10_000_000_000L) == BURST);
    }

    @Test
    void guavaGivesNoMoreThanItsBurstAfterIdling() {
        Pacer pacer = new GuavaPacer(RATE, BURST);
        drain(pacer, System.nanoTime());
        // Long enough for Guava to save 80 permits.
        long until = System.nanoTime() + 400_000_000L;
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
        int given = drain(pacer, System.nanoTime());
        assertTrue(given >= 1 && given <= BURST + 2, "gave " + given);
    }

    @Test
    void guavaGivesTurnsAgainAfterTheClockThatItIsToldRanAhead() {
        Pacer pacer = new GuavaPacer(RATE, 1);
        pacer.tryTake(System.nanoTime());
        long ahead = (long) (3 * 1e9 / RATE);
        int given = 0;
        for (int tries = 0; given < 20 && tries < 2_000; tries++) {
            long now = System.nanoTime() + ahead;
            if (pacer.tryTake(now)) {
                given++;
            } else {
                LockSupport.parkNanos(pacer.retryAtNanos(now) - now);
            }
        }
        assertTrue(given == 20, "gave " + given);
    }

    @Test
    void aRefusedTurnIsFreeLater() {
        Pacer pacer = new TokenPacer(RATE, BURST);
        drain(pacer, 0);
        long retry = pacer.retryAtNanos(0);
        assertTrue(retry > 0 && pacer.tryTake(retry));
    }

    private static int drain(Pacer pacer, long now) {
        int given = 0;
        while (given < 1000 && pacer.tryTake(now)) {
            given++;
        }
        return given;
    }
}
