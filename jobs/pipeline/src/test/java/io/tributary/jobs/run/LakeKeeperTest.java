package io.tributary.jobs.run;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.jobs.StopRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeKeeperTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-08-21T02:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path lake;

    private org.apache.hadoop.fs.Path folder() {
        return new org.apache.hadoop.fs.Path(lake.toUri());
    }

    private LakeRegister take(String run) throws IOException {
        return LakeRegister.enter(new Configuration(), folder(), run, Job.NIGHTLY, CLOCK);
    }

    @Test
    void aRunThatLostTheLakeStopsItsCallsAndItsNextStep() throws IOException {
        AtomicInteger stopped = new AtomicInteger();
        try (LakeKeeper keeper = LakeKeeper.keep(take("first"), CLOCK, () -> 0, stopped::incrementAndGet)) {
            keeper.renew();
            assertDoesNotThrow(keeper::check);
            assertEquals(0, stopped.get());

            LakeRegister.clear(new Configuration(), folder(), "first");
            try (LakeRegister second = take("second")) {
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
        try (LakeKeeper keeper = LakeKeeper.keep(take("first"), CLOCK, () -> 0, () -> {})) {
            RunLog log = new RunLog("first", CLOCK.instant(), CLOCK.instant(), CLOCK, keeper::check);

            assertThrows(
                    LakeBusyException.class,
                    () -> log.time("call", () -> {
                        LakeRegister.clear(new Configuration(), folder(), "first");
                        keeper.renew();
                        throw new IllegalStateException("cancelled");
                    }));
        }
    }

    /** Before others may take it for dead, and by whichever clock went on while it stood still. */
    @Test
    void aRunThatStoodStillMayNotAskUntilItHasShownItself() throws IOException {
        AtomicLong nanos = new AtomicLong();
        Instant[] wall = {CLOCK.instant()};
        Clock clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return wall[0];
            }
        };
        LakeRegister register = LakeRegister.enter(new Configuration(), folder(), "first", Job.NIGHTLY, clock);
        try (LakeKeeper keeper = LakeKeeper.keep(register, clock, nanos::get, () -> {})) {
            nanos.set(Duration.ofMinutes(3).toNanos());
            assertTrue(keeper.stands());
            nanos.set(Duration.ofMinutes(4).toNanos());
            assertFalse(keeper.stands());
            keeper.renew();
            assertTrue(keeper.stands());
            wall[0] = CLOCK.instant().plus(Duration.ofMinutes(4));
            assertFalse(keeper.stands());
            keeper.renew();
            assertTrue(keeper.stands());
            LakeRegister.clear(new Configuration(), folder(), "first");
            keeper.renew();
            assertFalse(keeper.stands());
        }
    }

    @Test
    void whoeverHasToWriteWaitsForTheTablesAndSaysForWhom() throws Exception {
        List<String> said = new ArrayList<>();
        try (LakeRegister night = take("night");
                LakeKeeper keeper = LakeKeeper.keep(
                        LakeRegister.enter(new Configuration(), folder(), "other", Job.PLAN, CLOCK),
                        CLOCK,
                        () -> 0,
                        () -> {})) {
            night.takeTables();
            assertFalse(keeper.ifFree(() -> said.add("wrote")));
            StopRequest stop = new StopRequest();
            Consumer<String> say = sentence -> {
                said.add(sentence);
                stop.make();
            };
            assertThrows(CancellationException.class, () -> keeper.tables(say, stop));
            assertTrue(said.get(0).startsWith("waiting for run night (nightly, process "), said.toString());
            night.giveTablesBack();
            assertTrue(keeper.ifFree(() -> said.add("wrote")));
            assertEquals(Optional.empty(), night.takeTables());
        }
    }

    @Test
    void whoeverNeedsTheLakeForItselfWaitsOrIsRefused() throws Exception {
        List<String> said = new ArrayList<>();
        try (LakeKeeper keeper = LakeKeeper.keep(
                LakeRegister.enter(new Configuration(), folder(), "erasing", Job.ERASE, CLOCK),
                CLOCK,
                () -> 0,
                () -> {})) {
            try (LakeRegister night = take("night")) {
                LakeBusyException refusal =
                        assertThrows(LakeBusyException.class, () -> keeper.alone(false, said::add, new StopRequest()));
                assertTrue(
                        refusal.getMessage().startsWith("others are at work on this lake: run night (nightly"),
                        refusal.getMessage());
                StopRequest stop = new StopRequest();
                assertThrows(
                        CancellationException.class,
                        () -> keeper.alone(
                                true,
                                sentence -> {
                                    said.add(sentence);
                                    stop.make();
                                },
                                stop));
                assertTrue(said.get(0).startsWith("waiting until nobody else is at work"), said.toString());
                assertEquals(Optional.empty(), night.takeTables(), "nobody is kept from writing meanwhile");
                night.giveTablesBack();
            }
            try (LakeKeeper.Tables tables = keeper.alone(false, said::add, new StopRequest())) {
                assertEquals(List.of(), tables.others());
            }
        }
    }
}
