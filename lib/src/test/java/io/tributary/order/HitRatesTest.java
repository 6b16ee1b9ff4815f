package io.tributary.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.KeyKind;
import io.tributary.order.HitRates.Count;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HitRatesTest {
    private static final Segment US = new Segment(KeyKind.EMAIL, "US", Segment.UNKNOWN);
    private static final Segment DE = new Segment(KeyKind.EMAIL, "DE", Segment.UNKNOWN);
    private static final Segment PAGE = new Segment(KeyKind.LINKEDIN_PERSON, "US", Segment.UNKNOWN);

    private static HitRates acme(Count... counts) {
        return new HitRates(Map.of("acme", 2.0), List.of(counts));
    }

    private static Count count(Segment segment, long asked, long hits, double credits) {
        return new Count("acme", segment, new Tally(asked, hits, hits, credits));
    }

    @Test
    void whoWasNeverAskedFindsHalfAtTheListedPrice() {
        assertEquals(new Estimate(0.5, 0.5, 2), acme().estimate("acme", US));
        assertFalse(acme().knows("acme"));
    }

    @Test
    void anEstimateStartsFromTheProviderAndGoesByKindToTheSegment() {
        HitRates rates = acme(count(US, 30, 24, 30), count(DE, 60, 6, 60));

        // In all 30 of 90, and so it is of the kind, for there is no other.
        double all = (30 + 10 * 0.5) / 100;
        double kind = (30 + 10 * all) / 100;
        assertEquals((24 + 10 * kind) / 40, rates.estimate("acme", US).hitRate(), 1e-12);
        assertEquals((6 + 10 * kind) / 70, rates.estimate("acme", DE).hitRate(), 1e-12);
        assertEquals(all, rates.estimate("acme", PAGE).hitRate(), 1e-12, "of another kind only the provider tells");
        double price = (90 + 10 * ((90 + 10 * 2.0) / 100)) / 100;
        assertEquals((30 + 10 * price) / 40, rates.estimate("acme", US).credits(), 1e-12);
        assertEquals(30, rates.asked("acme", US));
        assertEquals(0, rates.asked("acme", PAGE));
        assertTrue(rates.knows("acme"));
    }

    @Test
    void whatIsEnoughIsCountedApartFromWhatBringsSomething() {
        HitRates rates = acme(new Count("acme", US, new Tally(1_000_000, 800_000, 300_000, 0)));
        assertEquals(0.8, rates.estimate("acme", US).hitRate(), 1e-4);
        assertEquals(0.3, rates.estimate("acme", US).enoughRate(), 1e-4);
        assertEquals(0, rates.estimate("acme", US).credits(), 1e-4);
    }

    @Test
    void countsOfProvidersThatAreNotListedArePassedOver() {
        HitRates rates = new HitRates(
                Map.of("acme", 1.0), List.of(new Count("gone", US, new Tally(5, 5, 5, 5)), count(US, 1, 0, 1)));
        assertFalse(rates.knows("gone"));
        assertThrows(IllegalArgumentException.class, () -> rates.estimate("gone", US));
    }

    @Property
    void anEstimateLiesBetweenWhatWasMeasuredAndWhatWasBelieved(
            @ForAll @IntRange(max = 500) int asked, @ForAll @IntRange(max = 500) int some) {
        int hits = Math.min(asked, some);
        Estimate belief = Estimate.beforehand(1).after(new Tally(40, 10, 5, 80));
        Estimate after = belief.after(new Tally(asked, hits, hits / 2, asked));

        double measured = asked == 0 ? belief.hitRate() : (double) hits / asked;
        assertTrue(after.hitRate() >= Math.min(measured, belief.hitRate()) - 1e-12);
        assertTrue(after.hitRate() <= Math.max(measured, belief.hitRate()) + 1e-12);
        assertTrue(after.hitRate() > 0 && after.hitRate() < 1 && after.enoughRate() <= after.hitRate());
        assertTrue(belief.after(new Tally(asked + 1, hits + 1, hits / 2, asked)).hitRate() > after.hitRate());
    }

    @Property(tries = 50)
    void theOrderOfTheCountsDoesNotMatter(@ForAll long seed) {
        Random random = new Random(seed);
        List<Count> counts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            counts.add(count(List.of(US, DE, PAGE).get(random.nextInt(3)), 10 + i, random.nextInt(10), i));
        }
        HitRates rates = acme(counts.toArray(Count[]::new));
        Collections.shuffle(counts, random);
        HitRates shuffled = acme(counts.toArray(Count[]::new));
        for (Segment segment : List.of(US, DE, PAGE)) {
            assertEquals(rates.estimate("acme", segment), shuffled.estimate("acme", segment));
        }
    }

    @Test
    void rareSegmentsOfAKindAreCountedAsOneAndJudgedAsTheirKind() {
        List<Count> counts = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            counts.add(count(new Segment(KeyKind.EMAIL, "c" + i, Segment.UNKNOWN), i < 500 ? 20 : 1, 1, 1));
        }
        HitRates rates = acme(counts.toArray(Count[]::new));
        Segment rare = new Segment(KeyKind.EMAIL, "c599", Segment.UNKNOWN);

        assertEquals(20, rates.asked("acme", new Segment(KeyKind.EMAIL, "c499", Segment.UNKNOWN)));
        assertEquals(0, rates.asked("acme", rare));
        assertEquals(
                rates.estimate("acme", new Segment(KeyKind.EMAIL, "never", Segment.UNKNOWN)),
                rates.estimate("acme", rare));
        double all = (600 + 10 * 0.5) / (500 * 20 + 100 + 10);
        assertEquals(
                (600 + 10 * all) / (10_100 + 10), rates.estimate("acme", rare).hitRate(), 1e-12, "none is lost");
    }

    @Test
    void countsThatCanNotBeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Tally(1, 2, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Tally(2, 1, 2, 0));
        assertThrows(IllegalArgumentException.class, () -> new Tally(1, 1, 1, Double.NaN));
    }

    @Test
    void aSegmentIsToldWithoutWhatIsNotKnown() {
        assertEquals("email", new Segment(KeyKind.EMAIL, Segment.UNKNOWN, Segment.UNKNOWN).text());
        assertEquals("name company, US, 51-1000 employees", new Segment(KeyKind.NAME_COMPANY, "US", "51-1000").text());
    }
}
