package io.tributary.jobs.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.jobs.plan.KeyPlan.Decision;
import io.tributary.jobs.spine.PaperCatalog;
import io.tributary.journal.EntryKeys;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.Outcome;
import io.tributary.model.Profile;
import io.tributary.provider.Pending;
import io.tributary.provider.ReAsk;
import io.tributary.wanted.WantedFields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyPlannerTest {
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");
    private static final Identifiers ADA = new Identifiers(Map.of(Input.EMAIL, "ada@acme.com"));

    private final KeyPlanner planner = new KeyPlanner(new PaperCatalog(List.of("acme", "beta")), TONIGHT);

    private static KnownAnswer said(String provider, Outcome outcome, double confidence, int daysAgo) {
        return said(provider, outcome, confidence, daysAgo, Profile.empty(EntityKind.PERSON));
    }

    private static KnownAnswer said(String provider, Outcome outcome, double confidence, int daysAgo, Profile profile) {
        return new KnownAnswer(
                "email:ada@acme.com",
                provider,
                outcome,
                confidence,
                TONIGHT.minus(Duration.ofDays(daysAgo)),
                hash(ADA),
                7,
                "person",
                "job",
                profile);
    }

    private static String hash(Identifiers inputs) {
        return EntryKeys.hash(inputs.values().toString());
    }

    private KeyPlan plan(KnownAnswer... known) {
        return planner.plan(Question.of(EntityKind.PERSON, ADA), List.of(known));
    }

    @Test
    void aKeyThatWasNeverAskedGoesDownTheWholeWaterfall() {
        KeyPlan plan = plan();
        assertEquals(Decision.WORK, plan.decision());
        assertEquals("never_asked", plan.reason());
        assertEquals(
                List.of("acme", "beta"),
                plan.asks().stream().map(PlannedAsk::provider).toList());
    }

    @Test
    void aFreshAnswerOfAnyProviderSparesTheCall() {
        assertEquals(
                Decision.CACHE_HIT, plan(said("beta", Outcome.PARTIAL, 0.7, 29)).decision());
    }

    @Test
    void anAskThatSupersedesAnAnswerCarriesItsTime() {
        KnownAnswer stale = said("acme", Outcome.MATCHED, 0.95, 91);
        assertEquals(
                stale.fetchedAt().getEpochSecond(), plan(stale).asks().get(0).epoch());
    }

    @Test
    void whoSaidNoIsLeftOutWhileThatIsFresh() {
        KeyPlan plan = plan(said("acme", Outcome.NOT_FOUND, Double.NaN, 3));
        assertEquals(
                List.of("beta"), plan.asks().stream().map(PlannedAsk::provider).toList());
        assertEquals(
                Decision.NEGATIVE_HIT,
                plan(said("acme", Outcome.NOT_FOUND, Double.NaN, 3), said("beta", Outcome.NOT_FOUND, Double.NaN, 3))
                        .decision());
    }

    @Test
    void aFailureIsAskedAgainAndIsNoNewEpoch() {
        assertEquals(
                7,
                plan(said("acme", Outcome.FAILED, Double.NaN, 1)).asks().get(0).epoch());
    }

    @Test
    void aPendingAnswerIsResumedAndIsNoNewPaidKey() {
        PlannedAsk ask =
                plan(said("acme", Outcome.PENDING, Double.NaN, 1)).asks().get(0);
        assertEquals(
                new PlannedAsk("acme", 7, PlannedAsk.Mode.RESUME, Optional.of(new Pending("person", "job")), 1), ask);
    }

    @Test
    void aPendingAnswerThatCannotBeFetchedWaitsForAPersonInsteadOfBeingBoughtAnew() {
        KnownAnswer jobless = new KnownAnswer(
                "email:ada@acme.com",
                "acme",
                Outcome.PENDING,
                Double.NaN,
                TONIGHT,
                hash(ADA),
                7,
                "person",
                "",
                Profile.empty(EntityKind.PERSON));
        KeyPlan plan = new KeyPlanner(new PaperCatalog(List.of("acme")), TONIGHT)
                .plan(Question.of(EntityKind.PERSON, ADA), List.of(jobless));
        assertEquals(KeyPlan.without(Decision.HELD, "pending"), plan);
    }

    @Test
    void aRejectedKeyIsAskedAgainOnlyWhenWhatWouldBeSentChanges() {
        KnownAnswer rejected = said("acme", Outcome.REJECTED, Double.NaN, 400);
        assertEquals(1, plan(rejected).asks().size());
        Identifiers corrected = new Identifiers(Map.of(Input.EMAIL, "ada@acme.org"));
        assertEquals(
                2,
                planner.plan(Question.of(EntityKind.PERSON, corrected), List.of(rejected))
                        .asks()
                        .size());
    }

    @Test
    void whoeverOptedOutIsSentToNobody() {
        assertEquals(
                Decision.SUPPRESSED,
                plan(said("acme", Outcome.SUPPRESSED, Double.NaN, 999)).decision());
    }

    @Test
    void nobodyIsAskedWhoDoesNotTakeTheInputs() {
        Identifiers phoneOnly = new Identifiers(Map.of(Input.PHONE, "+4930123456"));
        assertEquals(
                Decision.NOT_ASKABLE,
                planner.plan(Question.of(EntityKind.PERSON, phoneOnly), List.of())
                        .decision());
    }

    /** A title, and a phone that counts for ten days; beta and gamma bring no title, and zeta nothing of either. */
    private static KeyPlan planWanting(KnownAnswer... known) {
        WantedFields wanted = WantedFields.parse(
                        EntityKind.PERSON, Map.of("title", "above 0.5", "phone", "max-age 10d"))
                .wanted();
        PaperCatalog catalog = new PaperCatalog(
                List.of("zeta", "acme", "beta", "gamma"),
                ReAsk.HOLD,
                wanted,
                Map.of(
                        "zeta", Set.of(Field.PERSON_CITY),
                        "beta", Set.of(Field.PERSON_PHONE),
                        "gamma", Set.of(Field.PERSON_PHONE, Field.PERSON_CITY)));
        return new KeyPlanner(catalog, TONIGHT).plan(Question.of(EntityKind.PERSON, ADA), List.of(known));
    }

    private static KnownAnswer holds(String provider, int daysAgo, Field... fields) {
        Profile profile = Profile.empty(EntityKind.PERSON);
        for (Field field : fields) {
            profile = profile.with(field, "some");
        }
        return said(provider, Outcome.MATCHED, 0.9, daysAgo, profile);
    }

    private static List<String> asked(KeyPlan plan) {
        return plan.asks().stream().map(PlannedAsk::provider).toList();
    }

    @Test
    void whoCanBringNothingThatIsWantedIsNotPlanned() {
        KeyPlan plan = planWanting();
        assertEquals(List.of("acme", "beta", "gamma"), asked(plan));
        assertEquals("never_asked", plan.reason());
        assertEquals(List.of("title", "phone"), plan.missing());
    }

    @Test
    void aKeyOfWhichHistoryHoldsAllThatIsWantedIsNotAskedAndTheAnswersTogetherCount() {
        assertEquals(
                KeyPlan.without(Decision.CACHE_HIT, "fresh"),
                planWanting(holds("acme", 3, Field.PERSON_TITLE), holds("beta", 9, Field.PERSON_PHONE)));
    }

    @Test
    void aKeyThatLacksOneFieldIsAskedOnlyWhereThatCanComeFrom() {
        KeyPlan plan = planWanting(holds("acme", 3, Field.PERSON_TITLE));
        assertEquals(List.of("beta", "gamma"), asked(plan), "acme has said what it knows");
        assertEquals("missing: phone", plan.reason());
        assertEquals(List.of("phone"), plan.missing());
    }

    @Test
    void aValueThatIsNotSureEnoughIsStillMissingAndItsProviderIsNotAskedTheSameAgain() {
        Profile unsure = Profile.empty(EntityKind.PERSON).with(Field.PERSON_TITLE, "VP");
        KeyPlan plan = planWanting(said("acme", Outcome.MATCHED, 0.5, 3, unsure), holds("beta", 3, Field.PERSON_PHONE));
        assertEquals(KeyPlan.without(Decision.CACHE_HIT, "missing: title"), plan);
    }

    @Test
    void aProvidersOwnValueThatIsTooOldForItsFieldIsAskedForAgain() {
        KnownAnswer old = holds("beta", 10, Field.PERSON_PHONE);
        KeyPlan plan = planWanting(holds("acme", 20, Field.PERSON_TITLE), old);
        assertEquals(List.of("beta", "gamma"), asked(plan), "acme had none that could be renewed");
        assertEquals(
                old.fetchedAt().getEpochSecond(),
                plan.asks().get(0).epoch(),
                "it supersedes the answer that is too old");
        assertEquals(List.of("phone"), plan.missing());
    }

    @Test
    void anAnswerThatIsDueByItsProviderIsAskedForAgainOnlyForWhatIsMissing() {
        assertEquals(List.of("acme", "beta", "gamma"), asked(planWanting(holds("acme", 91, Field.PERSON_TITLE))));
        assertEquals(
                List.of("acme"),
                asked(planWanting(holds("acme", 91, Field.PERSON_TITLE), holds("beta", 3, Field.PERSON_PHONE))));
    }

    @Test
    void nobodyIsAskedWhereWhoeverCouldBringTheRestHasSaidNo() {
        KeyPlan plan = planWanting(
                holds("acme", 3, Field.PERSON_TITLE),
                said("beta", Outcome.NOT_FOUND, Double.NaN, 3),
                said("gamma", Outcome.NOT_FOUND, Double.NaN, 3));
        assertEquals(KeyPlan.without(Decision.CACHE_HIT, "missing: phone"), plan);
        assertEquals(
                KeyPlan.without(Decision.NEGATIVE_HIT, "not_found"),
                planWanting(
                        said("acme", Outcome.NOT_FOUND, Double.NaN, 3),
                        said("beta", Outcome.NOT_FOUND, Double.NaN, 3),
                        said("gamma", Outcome.NOT_FOUND, Double.NaN, 3)));
    }

    @Test
    void whatIsPendingIsFetchedAndWhatIsUnknownIsHeldAsEver() {
        assertEquals(
                PlannedAsk.Mode.RESUME,
                planWanting(said("zeta", Outcome.PENDING, Double.NaN, 1))
                        .asks()
                        .get(0)
                        .mode());
        assertEquals(
                KeyPlan.without(Decision.HELD, "outcome_unknown"),
                planWanting(
                        holds("acme", 3, Field.PERSON_TITLE),
                        said("beta", Outcome.UNKNOWN, Double.NaN, 1),
                        said("gamma", Outcome.NOT_FOUND, Double.NaN, 1)));
    }

    @Test
    void whoeverOptedOutIsSentToNobodyWhateverIsMissing() {
        assertEquals(
                Decision.SUPPRESSED,
                planWanting(holds("acme", 3, Field.PERSON_TITLE), said("beta", Outcome.SUPPRESSED, Double.NaN, 999))
                        .decision());
    }

    @Test
    void aKeyThatNobodyCanBringAnythingForSaysSo() {
        PaperCatalog useless = new PaperCatalog(
                List.of("zeta"),
                ReAsk.HOLD,
                WantedFields.parse(EntityKind.PERSON, Map.of("title", "any")).wanted(),
                Map.of("zeta", Set.of(Field.PERSON_CITY)));
        assertEquals(
                KeyPlan.without(Decision.NOT_ASKABLE, "no_provider_brings_what_is_wanted"),
                new KeyPlanner(useless, TONIGHT).plan(Question.of(EntityKind.PERSON, ADA), List.of()));
        assertEquals(
                Decision.WORK,
                new KeyPlanner(useless, TONIGHT)
                        .plan(
                                Question.of(EntityKind.COMPANY, new Identifiers(Map.of(Input.DOMAIN, "acme.com"))),
                                List.of())
                        .decision(),
                "of companies nothing in particular is wanted");
    }

    private KeyPlan planned(Set<String> withheld, Set<String> forced, KnownAnswer... known) {
        return planner.plan(
                new Question(EntityKind.PERSON, Optional.empty(), ADA, withheld, forced, Optional.empty()),
                List.of(known));
    }

    @Test
    void whatIsForcedIsANewEpochOfEachAnswerThatIsPassedOver() {
        KnownAnswer fresh = said("acme", Outcome.MATCHED, 0.95, 3);
        KeyPlan plan = planned(Set.of(), Set.of("acme", "beta"), fresh);
        assertEquals("forced", plan.reason());
        assertEquals(fresh.fetchedAt().getEpochSecond(), plan.asks().get(0).epoch());
        assertEquals(2, plan.asks().size());
    }

    @Test
    void whatIsForcedTwiceInANightIsPaidOnce() {
        KnownAnswer before = said("acme", Outcome.MATCHED, 0.95, 3);
        KnownAnswer tonight = said("acme", Outcome.MATCHED, 0.95, 0);
        assertEquals(
                Decision.CACHE_HIT,
                planned(Set.of(), Set.of("acme", "beta"), before, tonight).decision());
    }

    @Test
    void oneProviderIsForcedWithoutTheOthersEvenIfTheirAnswersAreFresh() {
        KeyPlan plan = planned(
                Set.of(),
                Set.of("beta"),
                said("acme", Outcome.MATCHED, 0.95, 3),
                said("beta", Outcome.NOT_FOUND, Double.NaN, 3));
        assertEquals(
                List.of("beta"), plan.asks().stream().map(PlannedAsk::provider).toList());
        assertEquals(
                Decision.CACHE_HIT,
                planned(Set.of(), Set.of("beta"), said("acme", Outcome.MATCHED, 0.95, 3))
                        .decision(),
                "who has never answered has nothing to be refreshed");
    }

    @Test
    void whoMayNotBeSentAKeyIsLeftOutAndToldAndNobodyElseIs() {
        KeyPlan some = planned(Set.of("acme"), Set.of());
        assertEquals(
                List.of("beta"), some.asks().stream().map(PlannedAsk::provider).toList());
        assertEquals(List.of("acme"), some.withheld());

        KeyPlan all = planned(Set.of("acme", "beta"), Set.of());
        assertEquals(Decision.NOT_ASKABLE, all.decision());
        assertEquals("withheld", all.reason());

        assertEquals(
                List.of(),
                planned(Set.of("beta"), Set.of(), said("acme", Outcome.MATCHED, 0.95, 3))
                        .withheld(),
                "who would not be asked is not withheld from");
    }

    @Test
    void aKeyMayHaveAnOrderOfItsOwnInWhichWhatWasAcceptedEarlierGoesFirst() {
        Question question = new Question(
                EntityKind.PERSON,
                Optional.empty(),
                ADA,
                Set.of(),
                Set.of(),
                Optional.of(List.of("gamma", "beta", "acme")));
        KeyPlanner three = new KeyPlanner(new PaperCatalog(List.of("acme", "beta", "gamma")), TONIGHT);

        assertEquals(List.of("gamma", "beta", "acme"), asked(three.plan(question, List.of())));
        assertEquals(
                List.of("acme", "gamma", "beta"),
                asked(three.plan(question, List.of(said("acme", Outcome.PENDING, Double.NaN, 1)))));
    }
}
