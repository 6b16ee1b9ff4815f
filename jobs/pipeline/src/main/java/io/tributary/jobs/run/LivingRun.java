package io.tributary.jobs.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A run that is at work on a lake, as it last showed itself.
 *
 * @param job what kind of run it is, such as {@code nightly}
 * @param process of its driver
 * @param renewedAt its last sign of life
 * @param reserves the most credits that it may spend at each provider by its plan
 * @param reservesInAll the most at all of them together
 */
record LivingRun(
        String runId,
        String job,
        DriverProcess process,
        Instant renewedAt,
        Map<String, Double> reserves,
        double reservesInAll) {
    /** A run that was silent for so long is dead. */
    static final Duration STALE = Duration.ofMinutes(5);

    LivingRun {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(process, "process");
        Objects.requireNonNull(renewedAt, "renewedAt");
        reserves = Map.copyOf(reserves);
    }

    /** Whether it gave no sign of life for too long. */
    boolean isSilent(Instant now) {
        return Duration.between(renewedAt, now).compareTo(STALE) >= 0;
    }

    LivingRun seen(Instant now) {
        return new LivingRun(runId, job, process, now, reserves, reservesInAll);
    }

    LivingRun reserving(Map<String, Double> credits, double inAll) {
        return new LivingRun(runId, job, process, renewedAt, credits, inAll);
    }

    /** For a person who has to find it. */
    String words() {
        return "run " + runId + " (" + job + ", " + process + ", last sign of life " + renewedAt + ")";
    }
}
