package io.tributary.sandbox;

import io.tributary.sandbox.fault.FaultProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a sandbox behaves.
 *
 * @param port on 127.0.0.1; 0 for any free one
 * @param seed decides people, companies, who knows whom, faults and latencies
 * @param quotaScale multiplies every window's limit; 0 switches the windows off
 * @param quotas windows such as {@code 15/1s,500/1m} that replace the published ones; by provider, or by
 *     {@code provider:scope}
 * @param matchRate the part of people that a provider knows, 0 to 1
 * @param matchRates match rates that differ, by provider
 * @param keys further accepted keys, by provider
 * @param credits what an account has, by provider; {@link #CREDITS} where nothing is said, and then they never end
 * @param pendingRate the part of records that are not ready on the first ask, where the provider has such answers
 * @param pendingDelay how long they take
 * @param listedCalls how many of the latest calls of each provider can be listed; 0 for none
 * @param threads event loops
 * @param clock the server's time: windows, pending answers, headers; never latencies
 */
public record SandboxOptions(
        int port,
        long seed,
        Latency latency,
        double quotaScale,
        Map<String, String> quotas,
        FaultProfile faults,
        double matchRate,
        Map<String, Double> matchRates,
        Map<String, List<String>> keys,
        Map<String, Double> credits,
        double pendingRate,
        Duration pendingDelay,
        int listedCalls,
        int threads,
        InstantSource clock) {

    /** What an account says that it has, where no option does. */
    static final double CREDITS = 1_000_000;

    public SandboxOptions {
        quotas = Map.copyOf(quotas);
        matchRates = Map.copyOf(matchRates);
        keys = Map.copyOf(keys);
        credits = Map.copyOf(credits);
        credits.forEach((provider, amount) -> {
            if (!(amount >= 0 && amount <= 1e12)) {
                throw new IllegalArgumentException("credits of " + provider + " are not negative, and at most 1e12");
            }
        });
        share("matchRate", matchRate);
        share("pendingRate", pendingRate);
        matchRates.forEach(SandboxOptions::share);
        if (port < 0 || port > 65_535 || quotaScale < 0 || listedCalls < 0 || threads < 1) {
            throw new IllegalArgumentException(
                    "port, quotaScale and listedCalls are not negative, and there is at least one thread");
        }
    }

    /** Any free port, seed 7, no latency, published quotas, no faults. */
    public static Builder builder() {
        return new Builder();
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is between 0 and 1, not " + value);
        }
    }

    /** Wall-clock time that never steps back while the process lives. */
    private static InstantSource steadyClock() {
        Instant start = Instant.now();
        long origin = System.nanoTime();
        return () -> start.plusNanos(System.nanoTime() - origin);
    }

    /** Collects options; every one has a default. Not thread-safe. */
    public static final class Builder {
        private int port;
        private long seed = 7;
        private Latency latency = Latency.NONE;
        private double quotaScale = 1;
        private final Map<String, String> quotas = new HashMap<>();
        private FaultProfile faults = FaultProfile.NONE;
        private double matchRate = 0.6;
        private final Map<String, Double> matchRates = new HashMap<>();
        private final Map<String, List<String>> keys = new HashMap<>();
        private final Map<String, Double> credits = new HashMap<>();
        private double pendingRate = 0.02;
        private Duration pendingDelay = Duration.ofSeconds(2);
        private int listedCalls = 100_000;
        private int threads = 2;
        private InstantSource clock = steadyClock();

        private Builder() {}

        public Builder port(int value) {
            port = value;
            return this;
        }

        public Builder seed(long value) {
            seed = value;
            return this;
        }

        public Builder latency(Latency value) {
            latency = value;
            return this;
        }

        public Builder quotaScale(double value) {
            quotaScale = value;
            return this;
        }

        public Builder quotasOff() {
            return quotaScale(0);
        }

        /** Replaces the windows of a provider, or of one scope of it ({@code hunter:email.verify}). */
        public Builder quota(String providerOrScope, String windows) {
            quotas.put(providerOrScope, windows);
            return this;
        }

        public Builder faults(FaultProfile value) {
            faults = value;
            return this;
        }

        public Builder matchRate(double value) {
            matchRate = value;
            return this;
        }

        public Builder matchRate(String provider, double value) {
            matchRates.put(provider, value);
            return this;
        }

        /** One accepted key more. */
        public Builder key(String provider, String key) {
            keys.computeIfAbsent(provider, fresh -> new ArrayList<>()).add(key);
            return this;
        }

        /** What the account has; once so many are billed, it answers as the provider does when credits are gone. */
        public Builder credits(String provider, double amount) {
            credits.put(provider, amount);
            return this;
        }

        public Builder pending(double rate, Duration delay) {
            pendingRate = rate;
            pendingDelay = delay;
            return this;
        }

        public Builder listedCalls(int value) {
            listedCalls = value;
            return this;
        }

        public Builder threads(int value) {
            threads = value;
            return this;
        }

        public Builder clock(InstantSource value) {
            clock = value;
            return this;
        }

        public SandboxOptions build() {
            return new SandboxOptions(
                    port,
                    seed,
                    latency,
                    quotaScale,
                    quotas,
                    faults,
                    matchRate,
                    matchRates,
                    keys,
                    credits,
                    pendingRate,
                    pendingDelay,
                    listedCalls,
                    threads,
                    clock);
        }
    }
}
