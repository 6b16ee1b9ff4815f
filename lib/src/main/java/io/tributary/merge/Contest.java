package io.tributary.merge;

import io.tributary.merge.Loser.Why;
import io.tributary.model.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** All offers for one field under its rule: which is best, and why each of the others is not taken. */
final class Contest {
    private final Field field;
    private final Ranking ranking;
    private final List<Offer> unsure;
    private final List<Offer> lone;
    private final List<Offer> fit;
    private final boolean unites;

    /** @param offers in any order */
    Contest(Field field, FieldRule rule, List<Offer> offers, List<String> waterfall) {
        this.field = field;
        this.ranking = Ranking.of(rule.choice(), waterfall);
        List<Offer> sure =
                offers.stream().filter(offer -> rule.accepts(offer.by())).toList();
        this.unsure = without(offers, sure);
        this.fit = rule.agreed() ? Agreement.among(field, sure) : sure;
        this.lone = without(sure, fit);
        this.unites = rule.action() == FieldRule.Action.UNITE;
    }

    private static List<Offer> without(List<Offer> offers, List<Offer> others) {
        return offers.size() == others.size()
                ? List.of()
                : offers.stream()
                        .filter(offer -> others.stream().noneMatch(other -> other.by() == offer.by()))
                        .toList();
    }

    /** @param own the items of the CRM's own list, if it holds one: only what goes beyond them can be united with them */
    Optional<Offer> best(Collection<?> own) {
        return fit.stream().filter(offer -> adds(offer, own)).min(ranking.order());
    }

    private boolean adds(Offer offer, Collection<?> own) {
        return !unites || !own.containsAll((Collection<?>) offer.value());
    }

    /**
     * The offers that were not taken, best first: those that might have been, then those that nobody bears out, then
     * those that are too unsure.
     *
     * @param taken the lineage of the value that stands; null when it is the CRM's own, or when there is none
     */
    List<Loser> losers(FieldLineage taken) {
        Optional<Offer> winner = taken == null
                ? Optional.empty()
                : fit.stream().filter(offer -> offer.isOf(taken)).findFirst();
        Collection<?> own = unites && taken != null ? FieldMerge.items(field, taken.previous()) : List.of();
        List<Loser> losers = new ArrayList<>();
        for (Offer offer : sorted(fit)) {
            boolean behind =
                    winner.isPresent() && adds(offer, own) && ranking.order().compare(offer, winner.get()) > 0;
            add(losers, taken, offer, behind ? ranking.why(offer, winner.get()) : Why.CRM_KEPT);
        }
        sorted(lone).forEach(offer -> add(losers, taken, offer, Why.NOT_AGREED));
        sorted(unsure).forEach(offer -> add(losers, taken, offer, Why.BELOW_FLOOR));
        return losers.stream().distinct().toList();
    }

    private List<Offer> sorted(List<Offer> offers) {
        return offers.stream().sorted(ranking.order()).toList();
    }

    private void add(List<Loser> losers, FieldLineage taken, Offer offer, Why why) {
        if (taken == null || !offer.isOf(taken)) {
            losers.add(new Loser(
                    offer.by().provider(),
                    offer.by().responseId(),
                    offer.by().fetchedAt(),
                    offer.by().confidence(),
                    FieldValues.text(field, offer.value()),
                    why));
        }
    }
}
