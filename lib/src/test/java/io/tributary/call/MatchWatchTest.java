package io.tributary.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.EntityKind;
import io.tributary.model.Outcome;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MatchWatchTest {
    /** The number of answers after which a provider is found to have fallen; 0 if it never is. */
    private static int falls(double past, double now, long seed) {
        MatchWatch watch = new MatchWatch(Map.of(EntityKind.PERSON, past));
        Random random = new Random(seed);
        for (int answer = 1; answer <= 5000; answer++) {
            if (watch.sees(EntityKind.PERSON, random.nextDouble() < now ? Outcome.MATCHED : Outcome.NOT_FOUND)) {
                return answer;
            }
        }
        return 0;
    }

    @Test
    void aProviderThatFoundMostAndNowFindsNobodyFallsAfterFewAnswers() {
        assertEquals(20, falls(0.9, 0, 1));
        assertEquals(40, falls(0.5, 0, 1));
        assertEquals(180, falls(0.1, 0, 1));
    }

    @Test
    void aProviderThatNeverFoundMuchIsNotBlamed() {
        assertEquals(0, falls(0.01, 0, 1));
        assertEquals(0, falls(0, 0, 1));
    }

    /** Three quarters of its past is a bad night, and not a fault. */
    @Property(tries = 200)
    void aSomewhatWorseNightIsNotAFault(
            @ForAll @DoubleRange(min = 0.05, max = 1) double past,
            @ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        assertEquals(0, falls(past, past * 0.75, seed));
    }

    @Test
    void anAnswerWithDataIsNeverTheOneThatIsNotBelieved() {
        for (int seed = 0; seed < 200; seed++) {
            MatchWatch watch = new MatchWatch(Map.of(EntityKind.PERSON, 1.0));
            Random random = new Random(seed);
            boolean fell = false;
            for (int answer = 0; answer < 200; answer++) {
                boolean found = random.nextInt(10) == 0 || answer % 20 == 19;
                boolean told = watch.sees(EntityKind.PERSON, found ? Outcome.MATCHED : Outcome.NOT_FOUND);
                assertFalse(found && told, "a match was not believed");
                fell |= told;
            }
            assertTrue(fell, "a look that fell on a match was lost");
        }
    }

    @Test
    void whatSaysNothingAboutMatchesIsNotCounted() {
        MatchWatch watch = new MatchWatch(Map.of(EntityKind.PERSON, 0.9));
        for (int i = 0; i < 1000; i++) {
            assertFalse(watch.sees(EntityKind.PERSON, Outcome.REJECTED));
            assertFalse(watch.sees(EntityKind.PERSON, Outcome.PENDING));
            assertFalse(watch.sees(EntityKind.COMPANY, Outcome.NOT_FOUND));
        }
        assertFalse(MatchWatch.none().sees(EntityKind.PERSON, Outcome.NOT_FOUND));
    }

    @Test
    void theChanceIsTheBinomialOne() {
        assertEquals(1, MatchWatch.atMost(10, 10, 0.5), 1e-12);
        assertEquals(11 / 1024.0, MatchWatch.atMost(1, 10, 0.5), 1e-12);
        assertTrue(MatchWatch.atMost(0, 1000, 0.5) < 1e-300);
    }

    @Test
    void aRateIsAPart() {
        assertThrows(IllegalArgumentException.class, () -> new MatchWatch(Map.of(EntityKind.PERSON, 1.5)));
    }
}
