package io.tributary.quota;

import java.time.Duration;

/** Whether the service is out of order, as this process or another found out. Not thread-safe. */
final class Outage {
    /** How long others wait for the trial call of whoever's circuit opened. */
    private static final Duration TRIAL = Duration.ofSeconds(1);

    private final Until here = new Until();
    private final Until elsewhere = new Until();

    /** The circuit of this process opened for so long. */
    void here(long lengthNanos, long nowNanos) {
        here.extend(lengthNanos, nowNanos);
        elsewhere.clear();
    }

    /** That of another one stays open for so long; our own is no news. */
    void elsewhere(long lengthNanos, long nowNanos) {
        if (lengthNanos > 0 && here.left(nowNanos) == 0) {
            elsewhere.extend(lengthNanos + TRIAL.toNanos(), nowNanos);
        }
    }

    /** The service answers again. */
    void over() {
        here.clear();
        elsewhere.clear();
    }

    /** How long our own circuit stays open, as others should know. */
    long leftHere(long nowNanos) {
        return here.left(nowNanos);
    }

    boolean isElsewhere(long nowNanos) {
        return elsewhere.left(nowNanos) > 0;
    }
}
