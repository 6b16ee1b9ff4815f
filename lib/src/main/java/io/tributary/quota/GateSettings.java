package io.tributary.quota;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a gate treats a provider.
 *
 * @param share the part of each window that this process may use
 * @param maxInFlight the most calls open at once in this process, at least 1
 * @param margin what each window is lengthened by, as a fraction of its length: room for a provider's coarse clock
 * @param maxPause a longer pause, or pauses that add up to more without one success, close the gate for the run
 * @param arrivesWithin how long after its sending a call has arrived, as somebody promises; empty to believe only its answer,
 *     which is what can be proven
 */
public record GateSettings(
        Share share, int maxInFlight, double margin, Duration maxPause, Optional<Duration> arrivesWithin) {
    /** Half a percent, at least {@link #LEAST_MARGIN}. */
    public static final double DEFAULT_MARGIN = 0.005;

    /** Below this a clock tick of the provider could swallow the margin. */
    public static final Duration LEAST_MARGIN = Duration.ofMillis(2);

    public static final Duration DEFAULT_MAX_PAUSE = Duration.ofMinutes(15);

    public GateSettings {
        Objects.requireNonNull(share, "share");
        Objects.requireNonNull(maxPause, "maxPause");
        Objects.requireNonNull(arrivesWithin, "arrivesWithin");
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("a gate lets at least one call through at a time");
        }
        if (!(margin >= 0 && margin < 1)) {
            throw new IllegalArgumentException("the margin is a fraction of the window, not " + margin);
        }
    }

    /** The defaults for a share. */
    public static GateSettings of(Share share, int maxInFlight) {
        return new GateSettings(share, maxInFlight, DEFAULT_MARGIN, DEFAULT_MAX_PAUSE, Optional.empty());
    }

    long lengthNanos(Duration window, double stretch) {
        double length = window.toNanos() * stretch;
        return (long) Math.ceil(length + Math.max(length * margin, LEAST_MARGIN.toNanos()));
    }
}
