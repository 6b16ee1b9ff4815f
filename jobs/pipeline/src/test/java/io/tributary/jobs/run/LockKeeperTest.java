package io.tributary.jobs.run;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockKeeperTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-08-21T02:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path lake;

    private org.apache.hadoop.fs.Path folder() {
        return new org.apache.hadoop.fs.Path(lake.toUri());
    }

    private RunLock take(String run) throws IOException {
        return RunLock.take(new Configuration(), folder(), run, CLOCK);
    }

    @Test
    void aRunThatLostTheLakeStopsItsCallsAndItsNextStep() throws IOException {
        AtomicInteger stopped = new AtomicInteger();
        try (LockKeeper keeper = LockKeeper.keep(take("first"), CLOCK, stopped::incrementAndGet)) {
            keeper.renew();
            assertDoesNotThrow(keeper::check);
            assertEquals(0, stopped.get());

            RunLock.clear(new Configuration(), folder(), "first");
            try (RunLock second = take("second")) {
                keeper.renew();
                keeper.renew();

                assertEquals(2, stopped.get());
                RunLog log = new RunLog("first", CLOCK.instant(), CLOCK.instant(), CLOCK, keeper::check);
                AtomicInteger steps = new AtomicInteger();
                LakeBusyException lost =
                        assertThrows(LakeBusyException.class, () -> log.time("merge", steps::incrementAndGet));
                assertTrue(lost.getMessage().contains("to run second"), lost.getMessage());
                assertEquals(0, steps.get());
                second.renew();
            }
        }
    }

    @Test
    void aStepThatWasCancelledForTheLostLakeSaysSo() throws IOException {
        try (LockKeeper keeper = LockKeeper.keep(take("first"), CLOCK, () -> {})) {
            RunLog log = new RunLog("first", CLOCK.instant(), CLOCK.instant(), CLOCK, keeper::check);

            assertThrows(
                    LakeBusyException.class,
                    () -> log.time("call", () -> {
                        RunLock.clear(new Configuration(), folder(), "first");
                        keeper.renew();
                        throw new IllegalStateException("cancelled");
                    }));
        }
    }
}
