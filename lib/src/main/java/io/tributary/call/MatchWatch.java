package io.tributary.call;

import io.tributary.model.EntityKind;
import io.tributary.model.Outcome;
import java.util.EnumMap;
import java.util.Map;

/**
 * Notices when a provider suddenly finds nobody: it then has a fault that no status tells, and each of its "not found" would
 * be believed for weeks. Judged by what it found in the past: even at half of that rate, so few matches among so many
 * answers would come once in ten thousand times. Only first asks are told to it: what was not found a month ago is asked again
 * and mostly not found again, and says nothing. Thread-safe.
 */
public final class MatchWatch {
    /** Why a provider is off that suddenly finds nobody: the reason of the answer that told, which is not believed. */
    public static final String FELL = "match_rate_fell";

    /** Looks at the first answers only, and now and then: each look is a chance to be wrong. */
    private static final int LOOKS_EVERY = 20;

    private static final int LOOKS_UNTIL = 1000;
    private static final double CHANCE = 1e-4;

    private final Map<EntityKind, Double> past;
    private final Map<EntityKind, Count> counts = new EnumMap<>(EntityKind.class);

    private static final class Count {
        private int answers;
        private int found;
        private int nextLook = LOOKS_EVERY;
    }

    /** @param past the part of all answers that had data, 0 to 1, by entity; an entity without a past is not judged */
    public MatchWatch(Map<EntityKind, Double> past) {
        this.past = Map.copyOf(past);
        past.forEach((entity, rate) -> {
            if (!(rate >= 0 && rate <= 1)) {
                throw new IllegalArgumentException("a match rate lies between 0 and 1, not at " + rate);
            }
            counts.put(entity, new Count());
        });
    }

    /** Judges nobody. */
    public static MatchWatch none() {
        return new MatchWatch(Map.of());
    }

    /**
     * Takes an answer into account.
     *
     * @return whether with it the match rate is found to have fallen; never with an answer that has data
     */
    synchronized boolean sees(EntityKind entity, Outcome outcome) {
        Count count = counts.get(entity);
        if (count == null || !(outcome.hasData() || outcome == Outcome.NOT_FOUND)) {
            return false;
        }
        count.answers++;
        if (outcome.hasData()) {
            count.found++;
            return false;
        }
        if (count.answers < count.nextLook || count.answers > LOOKS_UNTIL) {
            return false;
        }
        count.nextLook = count.answers + LOOKS_EVERY;
        return atMost(count.found, count.answers, past.get(entity) / 2) < CHANCE;
    }

    /** The binomial chance of at most so many successes. */
    static double atMost(int successes, int tries, double rate) {
        double term = Math.pow(1 - rate, tries);
        double sum = term;
        for (int k = 0; k < successes; k++) {
            term *= (double) (tries - k) / (k + 1) * rate / (1 - rate);
            sum += term;
        }
        return Math.min(1, sum);
    }
}
