package io.tributary.order;

import com.google.common.hash.Hashing;
import io.tributary.model.LookupKey;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order {@code auto}: who is likelier to find for a credit is asked first. When trials end at the first success, going by
 * chance over cost costs the least in all (L. G. Mitten, An Analytic Solution to the Least Cost Testing Sequence Problem,
 * Journal of Industrial Engineering, 1960). Every ask costs a hundredth of a credit besides, for its time and its place in the
 * quota: so of providers that bill finds alone, at one price, who finds more goes first, and one that is free and finds nobody
 * does not. Ties stand as they are listed.
 *
 * <p>A share of the keys explores: the provider that was asked least about the segment goes first. Which keys these are follows
 * from key and night alone, so the same plan has the same order. Immutable and thread-safe; ships to executors.
 */
public final class AutoOrder implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What an ask costs besides what is billed, in credits. */
    static final double ASKING = 0.01;

    private final HitRates rates;
    private final HashMap<String, Double> prices;
    private final double explore;
    private final long night;

    /** A provider and what is expected of it. */
    private record Choice(String provider, Estimate estimate, double cost) {
        /** Hits for each unit of cost. */
        double worth() {
            return estimate.hitRate() / cost;
        }
    }

    /**
     * @param prices by provider what a credit costs, all in one currency; a provider that is not here counts by credits alone, so
     *     either all are named or none
     * @param explore the share of keys that explore, 0 to 1
     * @param night tells nights apart, so that each explores at other keys
     */
    public AutoOrder(HitRates rates, Map<String, Double> prices, double explore, long night) {
        if (!(explore >= 0 && explore <= 1)) {
            throw new IllegalArgumentException("explore is a share from 0 to 1, not " + explore);
        }
        this.rates = rates;
        this.prices = new HashMap<>(prices);
        this.explore = explore;
        this.night = night;
    }

    /** The share of keys that explore. */
    public double explore() {
        return explore;
    }

    /**
     * Whom to ask first about a subject of that segment, who next, if nobody explores.
     *
     * @param listed names that the rates list, as the settings order them
     */
    public List<String> measured(Segment segment, List<String> listed) {
        return listed.stream()
                .map(provider -> {
                    Estimate estimate = rates.estimate(provider, segment);
                    return new Choice(
                            provider, estimate, (estimate.credits() + ASKING) * prices.getOrDefault(provider, 1.0));
                })
                .sorted(Comparator.comparingDouble(Choice::worth).reversed())
                .map(Choice::provider)
                .toList();
    }

    /**
     * The same for one key, which may explore.
     *
     * @param askable as {@code listed}, those only that can be asked about the key: exploring at others would teach nothing
     */
    public List<String> of(LookupKey key, Segment segment, List<String> askable) {
        List<String> order = measured(segment, askable);
        if (order.size() < 2 || !explores(key)) {
            return order;
        }
        String leastKnown = order.stream()
                .min(Comparator.comparingLong(provider -> rates.asked(provider, segment)))
                .orElseThrow();
        List<String> exploring = new ArrayList<>(order);
        exploring.remove(leastKnown);
        exploring.add(0, leastKnown);
        return List.copyOf(exploring);
    }

    /** Whether that key is one of those that explore tonight. */
    boolean explores(LookupKey key) {
        long hash = Hashing.sha256()
                .newHasher()
                .putString(key.text(), StandardCharsets.UTF_8)
                .putLong(night)
                .hash()
                .asLong();
        return (hash >>> 11) * 0x1p-53 < explore;
    }
}
