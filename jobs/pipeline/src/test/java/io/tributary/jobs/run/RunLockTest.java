package io.tributary.jobs.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
    private static final Instant NOW = Instant.parse("2026-08-21T02:00:00Z");

    @TempDir
    Path lake;

    private RunLock take(String run, Instant now) throws Exception {
        return RunLock.take(
                new Configuration(),
                new org.apache.hadoop.fs.Path(lake.toUri()),
                run,
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private void owner(String host, long pid, Instant renewed) throws Exception {
        Files.writeString(
                lake.resolve("run.lock"),
                "{\"run_id\":\"other\",\"host\":\"" + host + "\",\"pid\":" + pid + ",\"renewed_at\":\"" + renewed
                        + "\"}");
        // The checksum file beside it belongs to the content that a real run wrote.
        Files.deleteIfExists(lake.resolve(".run.lock.crc"));
    }

    @Test
    void refusesASecondRunAndNamesTheLiveOneAndTheRemedy() throws Exception {
        try (RunLock first = take("first", NOW)) {
            LakeBusyException refusal = assertThrows(LakeBusyException.class, () -> take("second", NOW));
            assertTrue(refusal.getMessage().contains("run first is at work"), refusal.getMessage());
            assertTrue(refusal.getMessage().contains("tributary unlock --run first"), refusal.getMessage());
            first.renew();
        }
        take("second", NOW).close();
    }

    @Test
    void takesOverFromARunOfThisMachineWhoseProcessIsGone() throws Exception {
        owner(java.net.InetAddress.getLocalHost().getHostName(), 999_999_999L, NOW);
        take("next", NOW).close();
    }

    @Test
    void takesOverFromAnotherMachineOnlyAfterALongSilence() throws Exception {
        owner("elsewhere", 1, NOW.minusSeconds(60));
        assertThrows(LakeBusyException.class, () -> take("next", NOW));
        owner("elsewhere", 1, NOW.minus(RunLock.STALE));
        take("next", NOW).close();
    }

    @Test
    void neverRemovesAnotherRunsLock() throws Exception {
        RunLock mine = take("mine", NOW);
        owner("elsewhere", 1, NOW);
        mine.close();
        assertTrue(Files.exists(lake.resolve("run.lock")));
        assertFalse(RunLock.clear(new Configuration(), new org.apache.hadoop.fs.Path(lake.toUri()), "mine"));
        assertTrue(RunLock.clear(new Configuration(), new org.apache.hadoop.fs.Path(lake.toUri()), "other"));
    }
}
