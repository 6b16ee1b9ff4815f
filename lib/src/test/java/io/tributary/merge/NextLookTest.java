package io.tributary.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NextLookTest {
    private static final Instant NOW = Instant.parse("2026-03-02T02:00:00Z");
    private static final LookupKey KEY = new LookupKey(KeyKind.EMAIL, "ada@engines.co.uk");
    private static final NextLook LOOK =
            new NextLook(Map.of("acme", days(20, 10, 5)), Set.of("acme"), Set.of(Duration.ofDays(3)));

    private static FreshnessPolicy days(long confident, long ordinary, long negative) {
        return new FreshnessPolicy(
                Duration.ofDays(confident), Duration.ofDays(ordinary), 0.9, Duration.ofDays(negative));
    }

    private static NextLook.Said said(String provider, Outcome outcome, long daysAgo) {
        return new NextLook.Said(
                provider, new LastAnswer(outcome, 0.95, NOW.minus(Duration.ofDays(daysAgo)), "inputs"));
    }

    private static Optional<Instant> inDays(long days) {
        return Optional.of(NOW.plus(Duration.ofDays(days)));
    }

    @Test
    void theFirstAnswerThatStopsCountingDecidesAndNotTheLast() {
        assertEquals(
                inDays(4),
                LOOK.after(NOW, KEY, List.of(said("acme", Outcome.MATCHED, 4), said("acme", Outcome.NOT_FOUND, 1))));
    }

    @Test
    void aFieldWithItsOwnBoundOnAgeIsLookedAtWhenThatIsReached() {
        assertEquals(inDays(1), LOOK.after(NOW, KEY, List.of(said("acme", Outcome.PARTIAL, 2))));
        assertEquals(inDays(3), LOOK.after(NOW, KEY, List.of(said("acme", Outcome.NOT_FOUND, 2))), "it has no field");
    }

    @Test
    void whatIsOverAndWhatTimeDoesNotEndAreNoReasonToLook() {
        assertEquals(
                Optional.empty(),
                LOOK.after(
                        NOW,
                        KEY,
                        List.of(
                                said("acme", Outcome.MATCHED, 20),
                                said("acme", Outcome.REJECTED, 1),
                                said("acme", Outcome.FAILED, 1))));
    }

    @Test
    void whoIsNotAskedAnyMoreCountsByTheDefaultsToo() {
        NextLook others = new NextLook(Map.of("acme", days(200, 200, 200)), Set.of(), Set.of());
        assertEquals(inDays(90), others.after(NOW, KEY, List.of(said("acme", Outcome.MATCHED, 0))));
        assertEquals(inDays(29), others.after(NOW, KEY, List.of(said("beta", Outcome.NOT_FOUND, 1))));
    }

    @Property
    void aStateHoldsUntilTheNextLook(
            @ForAll @IntRange(max = 60) int daysAgo,
            @ForAll @IntRange(max = 60) int daysOn,
            @ForAll @DoubleRange(max = 1) double confidence,
            @ForAll Outcome outcome,
            @ForAll @DoubleRange(max = 0.5) double jitter) {
        FreshnessPolicy policy =
                new FreshnessPolicy(Duration.ofDays(40), Duration.ofDays(20), 0.9, Duration.ofDays(7), jitter);
        LastAnswer answer = new LastAnswer(outcome, confidence, NOW.minus(Duration.ofDays(daysAgo)), "inputs");
        Optional<Instant> look = new NextLook(Map.of("acme", policy), Set.of("acme"), Set.of())
                .after(NOW, KEY, List.of(new NextLook.Said("acme", answer)));
        Instant later = NOW.plus(Duration.ofDays(daysOn));
        KeyState now = policy.forKey(KEY).stateOf(Optional.of(answer), NOW, "inputs");
        KeyState then = policy.forKey(KEY).stateOf(Optional.of(answer), later, "inputs");
        if (look.filter(moment -> !moment.isAfter(later)).isEmpty()) {
            assertEquals(now, then);
        }
    }
}
