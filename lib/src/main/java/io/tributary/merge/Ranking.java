package io.tributary.merge;

import io.tributary.merge.Loser.Why;
import java.util.Comparator;
import java.util.List;

/** The order among answers that may be taken, best first. Total, so that the order of arrival never matters. */
final class Ranking {
    /** One thing that answers are compared by, and what is said of the one that is worse in it. */
    private record Step(Comparator<Candidate> better, Why worse) {}

    private static final Step AGE = new Step(Candidate.NEWEST_FIRST, Why.OLDER);
    private static final Step SURENESS = new Step(Candidate.SUREST_FIRST, Why.LESS_SURE);

    private final List<Step> steps;
    private final Comparator<Offer> order;

    private Ranking(List<Step> steps) {
        this.steps = steps;
        this.order = Comparator.comparing(
                Offer::by,
                steps.stream()
                        .map(Step::better)
                        .reduce(Comparator::thenComparing)
                        .orElseThrow()
                        .thenComparing(Candidate.BY_ID));
    }

    /** @param waterfall a provider that is not in it comes after those that are */
    static Ranking of(FieldRule.Choice choice, List<String> waterfall) {
        Step place = new Step(
                Comparator.comparingInt(candidate -> {
                    int at = waterfall.indexOf(candidate.provider());
                    return at < 0 ? waterfall.size() : at;
                }),
                Why.LATER_IN_ORDER);
        return new Ranking(
                switch (choice) {
                    case MOST_CONFIDENT -> List.of(SURENESS, place, AGE);
                    case PROVIDER_ORDER -> List.of(place, AGE, SURENESS);
                    case FRESHEST -> List.of(AGE, place, SURENESS);
                });
    }

    Comparator<Offer> order() {
        return order;
    }

    /** The first thing in which an offer is worse than a better one. */
    Why why(Offer loser, Offer winner) {
        return steps.stream()
                .filter(step -> step.better().compare(loser.by(), winner.by()) != 0)
                .map(Step::worse)
                .findFirst()
                .orElse(Why.LATER_IN_ORDER);
    }
}
