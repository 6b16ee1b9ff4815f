package io.tributary.sandbox.fault;

import io.tributary.sandbox.wire.Durations;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.world.Noise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which faults happen, and how often. Missing members mean none. As JSON its names are in snake case.
 *
 * @param rates part of a provider's calls that meet each fault, 0 to 1 together
 * @param providerRates rates that replace {@code rates} at one provider
 * @param bursts stretches of calls that all meet one fault
 * @param credits credits at a provider, after which it answers as if they were used up
 * @param quirks the part of cases that show a quirk: of {@code provider.quirk}, of all of {@code provider}, or of
 *     {@code all}; the narrowest counts, and without one each quirk has its usual rate
 * @param revoke calls after which the provider's own sandbox key is revoked
 * @param hang how long a hanging connection stays open
 * @param slow the pause inside a slow body
 * @param retryAfter the form of {@code Retry-After} on injected 429 and 503
 * @param retryAfterSeconds what that header says, in its sane forms
 */
public record FaultProfile(
        Map<FaultKind, Double> rates,
        Map<String, Map<FaultKind, Double>> providerRates,
        List<Burst> bursts,
        Map<String, Double> credits,
        Map<String, Double> quirks,
        Map<String, Long> revoke,
        String hang,
        String slow,
        RetryAfter retryAfter,
        long retryAfterSeconds) {
    public static final FaultProfile NONE = new FaultProfile(null, null, null, null, null, null, null, null, null, 0);

    /**
     * Consecutive calls that meet one fault.
     *
     * @param provider empty or null for every provider
     * @param at the number of the first call, counted from 0 since the profile was set
     */
    public record Burst(String provider, long at, long calls, FaultKind kind) {
        public Burst {
            provider = provider == null ? "" : provider;
        }

        private boolean covers(String name, long call) {
            return call >= at && call - at < calls && (provider.isEmpty() || provider.equals(name));
        }
    }

    public FaultProfile {
        rates = checked(rates == null ? Map.of() : rates);
        providerRates = providerRates == null ? Map.of() : Map.copyOf(providerRates);
        providerRates.values().forEach(FaultProfile::checked);
        bursts = bursts == null ? List.of() : List.copyOf(bursts);
        credits = credits == null ? Map.of() : Map.copyOf(credits);
        quirks = quirks == null ? Map.of() : Map.copyOf(quirks);
        for (double rate : quirks.values()) {
            if (!(rate >= 0 && rate <= 1)) {
                throw new IllegalArgumentException("the rate of a quirk is between 0 and 1, not " + rate);
            }
        }
        revoke = revoke == null ? Map.of() : Map.copyOf(revoke);
        hang = hang == null ? "60s" : hang;
        slow = slow == null ? "2s" : slow;
        retryAfter = retryAfter == null ? RetryAfter.SECONDS : retryAfter;
        retryAfterSeconds = retryAfterSeconds == 0 ? 1 : retryAfterSeconds;
        Durations.parse(hang);
        Durations.parse(slow);
    }

    /** The only faults being these rates at every provider. */
    public static FaultProfile ofRates(Map<FaultKind, Double> rates) {
        return new FaultProfile(rates, null, null, null, null, null, null, null, null, 0);
    }

    /**
     * What {@code demo --faults} shows: failures, hangs, torn bodies, a burst of refusals, late answers, rejected records
     * and a key that stops working half-way.
     */
    public static FaultProfile demo() {
        Map<FaultKind, Double> rates = new EnumMap<>(FaultKind.class);
        rates.put(FaultKind.ERROR_500, 0.025);
        rates.put(FaultKind.UNAVAILABLE_503, 0.025);
        rates.put(FaultKind.HANG, 0.01);
        rates.put(FaultKind.TORN, 0.005);
        rates.put(FaultKind.BROKEN, 0.005);
        rates.put(FaultKind.PENDING_202, 0.01);
        rates.put(FaultKind.BAD_REQUEST_400, 0.005);
        rates.put(FaultKind.INVALID_422, 0.005);
        return new FaultProfile(
                rates,
                null,
                List.of(new Burst("", 40, 8, FaultKind.TOO_MANY_429)),
                null,
                null,
                Map.of("hunter", 120L),
                "30s",
                "2s",
                RetryAfter.SECONDS,
                1);
    }

    /**
     * A profile by its name ({@code none}, {@code demo}) or from a JSON file.
     *
     * @throws IllegalArgumentException if it is neither, or the file is wrong
     */
    public static FaultProfile named(String nameOrFile) {
        return switch (nameOrFile) {
            case "none" -> NONE;
            case "demo" -> demo();
            default -> {
                try {
                    yield parse(Files.readString(Path.of(nameOrFile)));
                } catch (IOException unreadable) {
                    throw new IllegalArgumentException(
                            "\"" + nameOrFile + "\" is no fault profile (none, demo) and no readable file", unreadable);
                }
            }
        };
    }

    /**
     * A profile from its JSON.
     *
     * @throws IllegalArgumentException naming the member that is wrong
     */
    public static FaultProfile parse(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), FaultProfile.class);
    }

    /** The fault of a provider's call of that number, if it meets one; {@code noise} is the seed's. */
    public Optional<FaultKind> pick(Noise noise, String provider, long call) {
        for (Burst burst : bursts) {
            if (burst.covers(provider, call)) {
                return Optional.of(burst.kind());
            }
        }
        Map<FaultKind, Double> own = providerRates.getOrDefault(provider, rates);
        if (own.isEmpty()) {
            return Optional.empty();
        }
        double point = noise.at("fault").at(provider).at(call).unit();
        for (FaultKind kind : FaultKind.ALL) {
            point -= own.getOrDefault(kind, 0.0);
            if (point < 0) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The rate of a provider's quirk, or {@code usual} where the profile says nothing of it. */
    public double quirk(String provider, String name, double usual) {
        if (quirks.isEmpty()) {
            return usual;
        }
        Double of = quirks.get(provider + "." + name);
        Double ofProvider = of == null ? quirks.get(provider) : of;
        return ofProvider == null ? quirks.getOrDefault("all", usual) : ofProvider;
    }

    /** The rate of a quirk that only its own name switches. */
    public double quirkByName(String provider, String name, double usual) {
        return quirks.isEmpty() ? usual : quirks.getOrDefault(provider + "." + name, usual);
    }

    /** The same faults with every quirk at this rate, apart from those that only their own name switches. */
    public FaultProfile withQuirks(double rate) {
        return new FaultProfile(
                rates,
                providerRates,
                bursts,
                credits,
                Map.of("all", rate),
                revoke,
                hang,
                slow,
                retryAfter,
                retryAfterSeconds);
    }

    public Duration hangTime() {
        return Durations.parse(hang);
    }

    public Duration slowPause() {
        return Durations.parse(slow);
    }

    private static Map<FaultKind, Double> checked(Map<FaultKind, Double> rates) {
        double sum = 0;
        for (double rate : rates.values()) {
            if (!(rate >= 0)) {
                throw new IllegalArgumentException("a fault rate is between 0 and 1, not " + rate);
            }
            sum += rate;
        }
        if (sum > 1 + 1e-9) {
            throw new IllegalArgumentException("fault rates add up to " + sum + "; at most 1");
        }
        return Map.copyOf(rates);
    }
}
