package io.tributary.sandbox;

import io.tributary.sandbox.world.Noise;
import java.time.Duration;

/**
 * How long answers take: log-normal, given by its median and its 99th percentile.
 *
 * @param median zero for at once
 * @param p99 not below the median; equal for always the median
 */
public record Latency(Duration median, Duration p99) {
    public static final Latency NONE = fixed(Duration.ZERO);

    /** The 99 % quantile of the standard normal distribution. */
    private static final double Z99 = 2.3263478740408408;

    public Latency {
        if (median.isNegative() || p99.compareTo(median) < 0) {
            throw new IllegalArgumentException(
                    "a latency's p99 (" + p99 + ") is not below its median (" + median + ")");
        }
    }

    public static Latency fixed(Duration always) {
        return new Latency(always, always);
    }

    /** One draw. */
    long nanos(Noise noise) {
        if (p99.equals(median) || median.isZero()) {
            return median.toNanos();
        }
        double sigma = Math.log((double) p99.toNanos() / median.toNanos()) / Z99;
        return Math.round(median.toNanos() * Math.exp(sigma * noise.gaussian()));
    }
}
