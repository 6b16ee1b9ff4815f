package io.tributary.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class FreshnessPolicyTest {
    private static final Instant NOW = Instant.parse("2026-03-02T02:00:00Z");
    private static final FreshnessPolicy POLICY = FreshnessPolicy.defaults();

    private static KeyState state(Outcome outcome, double confidence, Duration age, String inputs) {
        LastAnswer last = new LastAnswer(outcome, confidence, NOW.minus(age), "inputs");
        return POLICY.stateOf(Optional.of(last), NOW, inputs);
    }

    private static KeyState state(Outcome outcome, double confidence, long days) {
        return state(outcome, confidence, Duration.ofDays(days), "inputs");
    }

    @Test
    void confidentDataLastsNinetyDaysAndOtherDataThirty() {
        assertEquals(KeyState.FRESH, state(Outcome.MATCHED, 0.95, 89));
        assertEquals(KeyState.STALE, state(Outcome.MATCHED, 0.95, 91));
        assertEquals(KeyState.FRESH, state(Outcome.PARTIAL, 0.85, 29));
        assertEquals(KeyState.STALE, state(Outcome.PARTIAL, 0.85, 31));
    }

    @Test
    void exactlyTheBoundIsNotAboveItAndNoConfidenceIsOrdinary() {
        assertEquals(KeyState.STALE, state(Outcome.MATCHED, 0.9, 31));
        assertEquals(KeyState.STALE, state(Outcome.MATCHED, Double.NaN, 31));
        assertEquals(KeyState.FRESH, state(Outcome.MATCHED, Math.nextUp(0.9), 31));
    }

    @Test
    void anAnswerIsGoodUntilItsMomentAndNotAtIt() {
        assertEquals(
                KeyState.FRESH, state(Outcome.MATCHED, 0.85, Duration.ofDays(30).minusNanos(1), "inputs"));
        assertEquals(KeyState.STALE, state(Outcome.MATCHED, 0.85, 30));
    }

    @Test
    void notFoundHasItsOwnTime() {
        FreshnessPolicy week = new FreshnessPolicy(
                FreshnessPolicy.CONFIDENT,
                FreshnessPolicy.ORDINARY,
                FreshnessPolicy.CONFIDENT_ABOVE,
                Duration.ofDays(7));
        LastAnswer none = new LastAnswer(Outcome.NOT_FOUND, Double.NaN, NOW, "inputs");

        assertEquals(KeyState.NEGATIVE, week.stateOf(Optional.of(none), NOW.plus(Duration.ofDays(6)), "inputs"));
        assertEquals(
                KeyState.NEGATIVE_EXPIRED, week.stateOf(Optional.of(none), NOW.plus(Duration.ofDays(8)), "inputs"));
    }

    @Test
    void refusedInputsAreAskedAgainOnlyWhenTheyChange() {
        assertEquals(KeyState.REJECTED, state(Outcome.REJECTED, Double.NaN, Duration.ofDays(4000), "inputs"));
        assertEquals(KeyState.NEVER_ASKED, state(Outcome.REJECTED, Double.NaN, Duration.ofDays(1), "others"));
    }

    @Test
    void timeAloneSettlesNeitherPendingNorUnknownNorSuppressed() {
        assertEquals(KeyState.PENDING, state(Outcome.PENDING, Double.NaN, 4000));
        assertEquals(KeyState.UNKNOWN, state(Outcome.UNKNOWN, Double.NaN, 4000));
        assertEquals(KeyState.SUPPRESSED, state(Outcome.SUPPRESSED, Double.NaN, 4000));
        assertEquals(KeyState.FAILED, state(Outcome.FAILED, Double.NaN, 0));
        assertEquals(KeyState.NEVER_ASKED, POLICY.stateOf(Optional.empty(), NOW, "inputs"));
        assertEquals(Optional.empty(), POLICY.expiresAt(new LastAnswer(Outcome.SUPPRESSED, Double.NaN, NOW, "inputs")));
    }

    @Property
    void oneAnswerIsAskedAgainFromItsExpiryOnAndNeverBefore(
            @ForAll @DoubleRange(max = 1) double confidence, @ForAll @LongRange(min = -200, max = 200) long days) {
        LastAnswer last = new LastAnswer(Outcome.MATCHED, confidence, NOW, "inputs");
        Instant asOf = NOW.plus(Duration.ofDays(days));
        boolean due = !asOf.isBefore(POLICY.expiresAt(last).orElseThrow());
        assertEquals(due, POLICY.stateOf(Optional.of(last), asOf, "inputs").toAsk());
    }

    @Test
    void whatWasBoughtInOneNightComesDueOverNineAndNothingLaterThanItWasPromised() {
        FreshnessPolicy spread =
                new FreshnessPolicy(Duration.ofDays(90), Duration.ofDays(30), 0.9, Duration.ofDays(30), 0.1);
        LastAnswer last = new LastAnswer(Outcome.MATCHED, 0.95, NOW, "inputs");
        Instant promised = spread.expiresAt(last).orElseThrow();
        long[] due = new long[9];
        for (int i = 0; i < 9_000; i++) {
            LookupKey key = new LookupKey(KeyKind.EMAIL, "ann" + i + "@acme.com");
            Instant expires = spread.forKey(key).expiresAt(last).orElseThrow();
            assertEquals(expires, spread.forKey(key).expiresAt(last).orElseThrow());
            Duration earlier = Duration.between(expires, promised);
            assertFalse(earlier.isNegative());
            due[(int) Math.min(8, earlier.toDays())]++;
        }
        for (long night : due) {
            assertTrue(night > 850 && night < 1_150, "keys due in one night: " + night);
        }
    }

    @Test
    void withoutJitterAKeyHasTheTimeThatWasWritten() {
        FreshnessPolicy exact = new FreshnessPolicy(Duration.ofDays(90), Duration.ofDays(30), 0.9, Duration.ofDays(30));
        assertEquals(exact, exact.forKey(new LookupKey(KeyKind.EMAIL, "ada@acme.com")));
        assertThrows(
                IllegalArgumentException.class,
                () -> new FreshnessPolicy(Duration.ZERO, Duration.ZERO, 0.9, Duration.ZERO, 0.6));
    }

    @Test
    void zeroTimeMakesEverythingDueAndNegativeTimeIsRefused() {
        FreshnessPolicy none = new FreshnessPolicy(Duration.ZERO, Duration.ZERO, 0.9, Duration.ZERO);
        assertEquals(
                KeyState.STALE,
                none.stateOf(Optional.of(new LastAnswer(Outcome.MATCHED, 1, NOW, "inputs")), NOW, "inputs"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new FreshnessPolicy(Duration.ofDays(-1), Duration.ZERO, 0.9, Duration.ZERO));
        assertThrows(
                IllegalArgumentException.class,
                () -> new FreshnessPolicy(Duration.ZERO, Duration.ZERO, Double.NaN, Duration.ZERO));
        assertFalse(KeyState.FRESH.toAsk());
    }
}
