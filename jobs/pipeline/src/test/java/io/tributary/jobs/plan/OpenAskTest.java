package io.tributary.jobs.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.jobs.plan.KeyPlan.Decision;
import io.tributary.jobs.spine.PaperCatalog;
import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import io.tributary.model.Profile;
import io.tributary.provider.ReAsk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@link KeyPlanner} does about an ask of which nobody knows whether it was bought. */
class OpenAskTest {
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");
    private static final Identifiers ADA = new Identifiers(Map.of(Input.EMAIL, "ada@acme.com"));

    private static final Question BY_MAIL = new Question(
            EntityKind.PERSON,
            Optional.of(LookupKey.parse("email:ada@acme.com")),
            ADA,
            Set.of(),
            Set.of(),
            Optional.empty());

    private static KnownAnswer said(Outcome outcome, int daysAgo, long epoch) {
        return said("email:ada@acme.com", outcome, daysAgo, epoch);
    }

    private static KnownAnswer said(String key, Outcome outcome, int daysAgo, long epoch) {
        return new KnownAnswer(
                key,
                "acme",
                outcome,
                outcome.hasData() ? 0.9 : Double.NaN,
                TONIGHT.minus(Duration.ofDays(daysAgo)),
                "",
                epoch,
                "person",
                "job",
                Profile.empty(EntityKind.PERSON));
    }

    private static KeyPlan planUnder(ReAsk rule, KnownAnswer... known) {
        return new KeyPlanner(new PaperCatalog(List.of("acme"), rule), TONIGHT)
                .plan(Question.of(EntityKind.PERSON, ADA), List.of(known));
    }

    @Test
    void anUnknownOutcomeIsTreatedByTheRuleOfItsProvider() {
        KnownAnswer unknown = said(Outcome.UNKNOWN, 1, 7);
        assertEquals(
                List.of(new PlannedAsk("acme", 7, PlannedAsk.Mode.ASK, 1)),
                planUnder(ReAsk.FREE, unknown).asks());
        assertEquals(
                List.of(new PlannedAsk("acme", 7, PlannedAsk.Mode.AGAIN, 1)),
                planUnder(ReAsk.ASK_AGAIN, unknown).asks());
        assertEquals(KeyPlan.without(Decision.HELD, "outcome_unknown"), planUnder(ReAsk.HOLD, unknown));
    }

    @Test
    void aLaterFailureDoesNotHideThatAnAskMayHaveBeenBought() {
        KnownAnswer failed = said(Outcome.FAILED, 1, 7);
        KnownAnswer unknown = said(Outcome.UNKNOWN, 2, 7);
        KnownAnswer pending = said(Outcome.PENDING, 3, 7);
        assertEquals(Decision.HELD, planUnder(ReAsk.HOLD, failed, unknown).decision());
        assertEquals(
                PlannedAsk.Mode.RESUME,
                planUnder(ReAsk.HOLD, failed, unknown, pending).asks().get(0).mode());
    }

    @Test
    void anAnswerSettlesWhatWasUnknownBefore() {
        assertEquals(
                Decision.NEGATIVE_HIT,
                planUnder(ReAsk.HOLD, said(Outcome.UNKNOWN, 2, 7), said(Outcome.NOT_FOUND, 1, 7))
                        .decision());
    }

    @Test
    void anAnswerSettlesATryOfTheSameAskWhateverTheirClocksSay() {
        KnownAnswer unknown = said(Outcome.UNKNOWN, 1, 7);
        KnownAnswer no = said(Outcome.NOT_FOUND, 2, 7);
        KnownAnswer matched = said(Outcome.MATCHED, 91, 7);
        assertEquals(Decision.NEGATIVE_HIT, planUnder(ReAsk.HOLD, unknown, no).decision());
        assertEquals(
                List.of(new PlannedAsk("acme", matched.fetchedAt().getEpochSecond(), PlannedAsk.Mode.ASK, 1)),
                planUnder(ReAsk.ASK_AGAIN, unknown, matched).asks(),
                "a refresh of what was bought long ago, and not the same ask again");
    }

    /** The first ask of each key has the epoch 0. */
    @Test
    void anAnswerAboutAnotherKeyOfTheSubjectIsOfAnotherAsk() {
        KnownAnswer other = said("linkedin_person:ada", Outcome.MATCHED, 92, 0);
        assertEquals(
                PlannedAsk.Mode.RESUME,
                planUnder(ReAsk.HOLD, said(Outcome.PENDING, 91, 0), other)
                        .asks()
                        .get(0)
                        .mode());
        assertEquals(
                Decision.HELD,
                planUnder(ReAsk.HOLD, said(Outcome.UNKNOWN, 91, 0), other).decision());
    }

    @Test
    void whatMayHaveBeenBoughtByAnotherKeyIsAskedForInTheAskOfThisKey() {
        KnownAnswer other = said("linkedin_person:ada", Outcome.UNKNOWN, 0, 7);
        KnownAnswer oldNo = said(Outcome.NOT_FOUND, 100, 0);
        KeyPlanner planner = new KeyPlanner(new PaperCatalog(List.of("acme"), ReAsk.ASK_AGAIN), TONIGHT);
        assertEquals(
                List.of(new PlannedAsk("acme", 0, PlannedAsk.Mode.AGAIN, 1)),
                planner.plan(BY_MAIL, List.of(other)).asks());
        assertEquals(
                List.of(new PlannedAsk("acme", oldNo.fetchedAt().getEpochSecond(), PlannedAsk.Mode.AGAIN, 1)),
                planner.plan(BY_MAIL, List.of(other, oldNo)).asks());
    }

    @Test
    void whatMayHaveBeenBoughtByAnotherKeyIsNoReasonToAskByOneThatWasJustToldNo() {
        KnownAnswer other = said("linkedin_person:ada", Outcome.UNKNOWN, 0, 7);
        KeyPlanner planner = new KeyPlanner(new PaperCatalog(List.of("acme"), ReAsk.ASK_AGAIN), TONIGHT);
        assertEquals(
                Decision.NEGATIVE_HIT,
                planner.plan(BY_MAIL, List.of(said(Outcome.NOT_FOUND, 1, 0), other))
                        .decision());
    }

    @Test
    void whatMayHaveBeenBoughtAfterAnAnswerIsUnknown() {
        KnownAnswer old = said(Outcome.NOT_FOUND, 100, 7);
        KnownAnswer unknown = said(Outcome.UNKNOWN, 1, old.fetchedAt().getEpochSecond());
        assertEquals(Decision.HELD, planUnder(ReAsk.HOLD, unknown, old).decision());
    }
}
