package io.tributary.acceptance;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What one round came to.
 *
 * @param code the commit that was played; empty if nobody knows
 * @param keys how many there were
 * @param events what happened, and what could not
 * @param nights how many it took until one ended well
 * @param repeats answers that were paid for twice, by the provider's books
 * @param bound how many it may be
 * @param told repeats that the summaries tell of
 * @param late calls that came when nobody could have had a lease
 * @param unjudged what could not be watched, with its reason
 * @param broken the promises that were not kept, in words
 */
record ChaosOutcome(
        String code,
        long seed,
        int keys,
        List<ChaosEvent> events,
        int kills,
        int nights,
        long repeats,
        long bound,
        long told,
        long late,
        List<String> unjudged,
        RoundTime time,
        List<String> broken) {
    ChaosOutcome {
        code = Objects.requireNonNullElse(code, "");
        events = List.copyOf(events);
        unjudged = List.copyOf(unjudged);
        broken = List.copyOf(broken);
    }

    /** A round that did not come to its end. */
    static ChaosOutcome brokenOff(ChaosPlan plan, int keys, Throwable why) {
        return new ChaosOutcome(
                "",
                plan.seed(),
                keys,
                List.of(),
                0,
                0,
                0,
                0,
                0,
                0,
                List.of(),
                RoundTime.NONE,
                List.of("the round broke off: " + why.getMessage()));
    }

    /** One line, and one more for whatever could not be watched and for each broken promise. */
    @Override
    public String toString() {
        String line =
                "seed %d | keys %d | %s | kills %d | nights %d | repeats %d | bound %d | told %d | late %d | %.0f s | %s"
                        .formatted(
                                seed,
                                keys,
                                events.stream().map(ChaosEvent::toString).collect(Collectors.joining(", ")),
                                kills,
                                nights,
                                repeats,
                                bound,
                                told,
                                late,
                                time.all(),
                                broken.isEmpty() ? "pass" : "FAIL");
        for (String each : unjudged) {
            line += "\n  " + each;
        }
        return broken.isEmpty()
                ? line
                : line + "\n  " + String.join("\n  ", broken) + "\n  again: mvn verify -Pchaos -Dtributary.chaos.seed="
                        + seed + " -Dtributary.chaos.keys=" + keys;
    }
}
