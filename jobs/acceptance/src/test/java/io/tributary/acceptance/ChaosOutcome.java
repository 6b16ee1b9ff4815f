package io.tributary.acceptance;

import java.util.List;

/**
 * What one round came to.
 *
 * @param keys how many there were
 * @param faults what happened, and what could not, with its reason
 * @param nights how many it took until one ended well
 * @param repeats answers that were paid for twice, by the provider's books
 * @param bound how many it may be
 * @param told repeats that the summaries tell of
 * @param broken the promises that were not kept, in words
 */
record ChaosOutcome(
        long seed,
        int keys,
        List<String> faults,
        int kills,
        int nights,
        long repeats,
        long bound,
        long told,
        double seconds,
        List<String> broken) {
    ChaosOutcome {
        faults = List.copyOf(faults);
        broken = List.copyOf(broken);
    }

    /** One line, and one more for each broken promise. */
    @Override
    public String toString() {
        String line = "seed %d | %s | kills %d | nights %d | repeats %d | bound %d | told %d | %.0f s | %s"
                .formatted(
                        seed,
                        String.join(", ", faults),
                        kills,
                        nights,
                        repeats,
                        bound,
                        told,
                        seconds,
                        broken.isEmpty() ? "pass" : "FAIL");
        return broken.isEmpty()
                ? line
                : line + "\n  " + String.join("\n  ", broken) + "\n  again: mvn verify -Pchaos -Dtributary.chaos.seed="
                        + seed;
    }

    /** Of all rounds together. */
    static String totals(List<ChaosOutcome> all) {
        long kills = all.stream().mapToLong(ChaosOutcome::kills).sum();
        long repeats = all.stream().mapToLong(ChaosOutcome::repeats).sum();
        double worst = all.stream()
                .filter(each -> each.bound > 0)
                .mapToDouble(each -> (double) each.repeats / each.bound)
                .max()
                .orElse(0);
        return "rounds %d | kills %d | repeats %d | repeats per kill %.1f | worst of repeats to bound %.2f"
                .formatted(all.size(), kills, repeats, kills == 0 ? 0 : (double) repeats / kills, worst);
    }
}
