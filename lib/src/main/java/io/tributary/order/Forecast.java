package io.tributary.order;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a plan comes to if what was measured happens again: everybody who did not find enough passes the key on. A provider of
 * whom history knows nothing is taken to find nothing, so what those behind it are expected to be asked is then a bound.
 */
public final class Forecast {
    private Forecast() {}

    /**
     * Keys of one segment that are planned alike.
     *
     * @param asks in their order
     * @param keys how many there are
     */
    public record Group(Segment segment, List<Step> asks, long keys) {
        public Group {
            asks = List.copyOf(asks);
        }
    }

    /**
     * One ask of a waterfall.
     *
     * @param paid whether it fetches what was paid for before
     */
    public record Step(String provider, boolean paid) {}

    /**
     * What is expected of one provider.
     *
     * @param asks how many keys come to it
     * @param hits how many of these it answers with something that is wanted
     * @param credits what that costs
     * @param known whether history tells; else hits and credits are 0 and mean nothing
     */
    public record Expected(double asks, double hits, double credits, boolean known) {
        private Expected plus(Expected other) {
            return new Expected(asks + other.asks, hits + other.hits, credits + other.credits, known);
        }
    }

    /** What is expected of each provider that is asked. */
    public static Map<String, Expected> of(HitRates rates, Collection<Group> groups) {
        Map<String, Expected> expected = new TreeMap<>();
        for (Group group : groups) {
            double come = group.keys();
            for (Step ask : group.asks()) {
                Estimate one = rates.estimate(ask.provider(), group.segment());
                boolean known = rates.knows(ask.provider());
                expected.merge(
                        ask.provider(),
                        known
                                ? new Expected(come, come * one.hitRate(), ask.paid() ? 0 : come * one.credits(), true)
                                : new Expected(come, 0, 0, false),
                        Expected::plus);
                come *= known ? 1 - one.enoughRate() : 1;
            }
        }
        return expected;
    }
}
