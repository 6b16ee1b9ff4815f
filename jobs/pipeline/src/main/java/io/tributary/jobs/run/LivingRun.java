package io.tributary.jobs.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A run that is at work on a lake, as it last showed itself.
 *
 * @param job what kind of run it is, such as {@code nightly}
 * @param host of its driver
 * @param pid of its driver's process there
 * @param driver made up by its driver at the start, so that it knows itself again; empty if an older version wrote it
 * @param renewedAt its last sign of life
 * @param reserves the most credits that it may spend at each provider by its plan
 * @param reservesInAll the most at all of them together
 */
record LivingRun(
        String runId,
        String job,
        String host,
        long pid,
        String driver,
        Instant renewedAt,
        Map<String, Double> reserves,
        double reservesInAll) {
    /** A run that was silent for so long is dead. */
    static final Duration STALE = Duration.ofMinutes(5);

    LivingRun {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(driver, "driver");
        Objects.requireNonNull(renewedAt, "renewedAt");
        reserves = Map.copyOf(reserves);
    }

    /** Whether it gave no sign of life for too long. */
    boolean isSilent(Instant now) {
        return Duration.between(renewedAt, now).compareTo(STALE) >= 0;
    }

    LivingRun seen(Instant now) {
        return new LivingRun(runId, job, host, pid, driver, now, reserves, reservesInAll);
    }

    LivingRun reserving(Map<String, Double> credits, double inAll) {
        return new LivingRun(runId, job, host, pid, driver, renewedAt, credits, inAll);
    }

    /** For a person who has to find it. */
    String words() {
        return "run " + runId + " (" + job + ", process " + pid + " on " + host + ", last sign of life " + renewedAt
                + ")";
    }
}
