package io.tributary.call;

import io.tributary.quota.Backoff;
import io.tributary.quota.GateSettings;
import java.io.Serializable;
import java.time.Duration;

/**
 * How calls are made.
 *
 * @param backoff tries of one call and the waits between them
 * @param batchLinger how long an incomplete batch waits for more asks
 * @param prepareAhead calls that the quota admits within this time have their intents journalled already; more would be
 *     unknown after a death without having been sent
 * @param maxPause a provider that asks for a longer wait before a retry is not waited for
 * @param partialSatisfies whether a partial answer ends the waterfall
 * @param keysInFlight the most keys that a task works at once: those being called, and those whose intents or answers
 *     wait for the journal
 */
public record CallSettings(
        Backoff backoff,
        Duration batchLinger,
        Duration prepareAhead,
        Duration maxPause,
        boolean partialSatisfies,
        int keysInFlight)
        implements Serializable {
    public static final CallSettings DEFAULT = new CallSettings(
            Backoff.DEFAULT, Duration.ofMillis(20), Duration.ofMillis(500), GateSettings.DEFAULT_MAX_PAUSE, true, 1024);

    public CallSettings {
        if (keysInFlight < 1) {
            throw new IllegalArgumentException("a task works at least one key at a time");
        }
    }
}
