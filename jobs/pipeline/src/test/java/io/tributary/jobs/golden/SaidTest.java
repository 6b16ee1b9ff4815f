package io.tributary.jobs.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Outcome;
import io.tributary.model.Profile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SaidTest {
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");

    private static Said said(Outcome outcome, long epoch, int second) {
        return said("email:ada@acme.com", outcome, epoch, second);
    }

    private static Said said(String key, Outcome outcome, long epoch, int second) {
        Profile nothing = Profile.empty(EntityKind.PERSON);
        return new Said(
                key,
                "acme",
                outcome,
                "",
                key + outcome + "-" + epoch + "-" + second,
                TONIGHT.plusSeconds(second),
                outcome.hasData() ? 0.9 : Double.NaN,
                "person",
                epoch,
                outcome.hasData() ? nothing.with(Field.PERSON_TITLE, "VP") : nothing);
    }

    private static Set<Outcome> newest(Said... all) {
        return outcomes(Arrays.asList(all));
    }

    private static Set<Outcome> outcomes(List<Said> all) {
        return Said.newest(all).stream().map(Said::outcome).collect(Collectors.toSet());
    }

    @Test
    void anAnswerEndsATryOfTheSameAskWhateverTheirClocksSay() {
        assertEquals(Set.of(Outcome.NOT_FOUND), newest(said(Outcome.UNKNOWN, 0, 100), said(Outcome.NOT_FOUND, 0, 50)));
        assertEquals(Set.of(Outcome.MATCHED), newest(said(Outcome.PENDING, 0, 100), said(Outcome.MATCHED, 0, 50)));
        assertEquals(
                Set.of(Outcome.MATCHED, Outcome.NOT_FOUND),
                newest(said(Outcome.MATCHED, 0, 0), said(Outcome.FAILED, 7, 100), said(Outcome.NOT_FOUND, 7, 50)));
    }

    @Test
    void aTryOfALaterAskIsTheLastWord() {
        assertEquals(Set.of(Outcome.UNKNOWN), newest(said(Outcome.UNKNOWN, 7, 100), said(Outcome.NOT_FOUND, 0, 50)));
        assertEquals(
                Set.of(Outcome.MATCHED, Outcome.UNKNOWN),
                newest(said(Outcome.UNKNOWN, 7, 100), said(Outcome.MATCHED, 0, 50)));
    }

    @Test
    void anAnswerAboutAnotherKeyOfTheSubjectIsOfAnotherAsk() {
        assertEquals(
                Set.of(Outcome.MATCHED, Outcome.PENDING),
                newest(said(Outcome.PENDING, 0, 100), said("linkedin_person:ada", Outcome.MATCHED, 0, 50)));
    }

    @Test
    void aTryBeforeAnAnswerIsOver() {
        assertEquals(Set.of(Outcome.NOT_FOUND), newest(said(Outcome.FAILED, 7, 50), said(Outcome.NOT_FOUND, 0, 100)));
    }

    /** What a table's reader keeps of each way is enough, and the order in which it comes does not matter. */
    @Test
    void theNewestOfTheNewestAreTheNewestInAnyOrder() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            List<Said> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Outcome outcome = Outcome.values()[random.nextInt(Outcome.values().length)];
                all.add(said("email:" + random.nextInt(2), outcome, random.nextInt(3), random.nextInt(100)));
            }
            Set<Said> newest = Set.copyOf(Said.newest(all));
            Collections.shuffle(all, random);
            assertEquals(newest, Set.copyOf(Said.newest(all)));
            assertEquals(newest, Set.copyOf(Said.newest(List.copyOf(newest))));
        }
    }
}
