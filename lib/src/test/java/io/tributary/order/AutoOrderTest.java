package io.tributary.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.order.HitRates.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AutoOrderTest {
    private static final Segment US = new Segment(KeyKind.EMAIL, "US", Segment.UNKNOWN);
    private static final Segment DE = new Segment(KeyKind.EMAIL, "DE", Segment.UNKNOWN);
    private static final List<String> LISTED = List.of("acme", "beta", "cent");

    private static Count count(String provider, Segment segment, long asked, long hits, double creditsEach) {
        return new Count(provider, segment, new Tally(asked, hits, hits, asked * creditsEach));
    }

    private static AutoOrder order(double explore, Count... counts) {
        return new AutoOrder(
                new HitRates(Map.of("acme", 1.0, "beta", 1.0, "cent", 1.0), List.of(counts)), Map.of(), explore, 7);
    }

    private static LookupKey key(int number) {
        return new LookupKey(KeyKind.EMAIL, "p" + number + "@acme.com");
    }

    @Test
    void whoIsLikelierToFindForACreditGoesFirstSegmentBySegment() {
        AutoOrder order = order(
                0,
                count("acme", US, 1000, 620, 1),
                count("beta", US, 1000, 700, 3),
                count("cent", US, 1000, 300, 1),
                count("acme", DE, 1000, 50, 1),
                count("beta", DE, 1000, 700, 3),
                count("cent", DE, 1000, 300, 1));

        assertEquals(List.of("acme", "cent", "beta"), order.measured(US, LISTED));
        assertEquals(List.of("cent", "beta", "acme"), order.measured(DE, LISTED));
        assertEquals(List.of("beta", "acme"), order.measured(DE, List.of("acme", "beta")), "of those who can be asked");
    }

    @Test
    void whereHistoryKnowsNothingTheListedOrderStands() {
        assertEquals(LISTED, order(0).measured(US, LISTED));
        assertEquals(LISTED, order(0).of(key(1), US, LISTED));
    }

    @Test
    void ofThoseWhoBillFindsAloneWhoFindsMoreGoesFirst() {
        Tally few = new Tally(100_000, 30_000, 30_000, 30_000);
        Tally many = new Tally(100_000, 80_000, 80_000, 80_000);
        HitRates rates = new HitRates(
                Map.of("acme", 1.0, "beta", 1.0), List.of(new Count("acme", US, few), new Count("beta", US, many)));
        assertEquals(
                List.of("beta", "acme"),
                new AutoOrder(rates, Map.of(), 0, 7).measured(US, List.of("acme", "beta")),
                "credits come to the same, and calls are spared");
    }

    @Test
    void whoCostsNothingGoesFirstAndOfThoseWhoFindsMore() {
        AutoOrder free = new AutoOrder(
                new HitRates(
                        Map.of("acme", 1.0, "beta", 0.0, "cent", 0.0),
                        List.of(
                                count("acme", US, 100, 99, 1),
                                count("beta", US, 100, 1, 0),
                                count("cent", US, 100, 5, 0))),
                Map.of(),
                0,
                7);
        assertEquals(List.of("cent", "beta", "acme"), free.measured(US, LISTED));
        HitRates useless = new HitRates(
                Map.of("acme", 1.0, "beta", 0.0),
                List.of(count("acme", US, 10_000, 9_900, 1), count("beta", US, 10_000, 0, 0)));
        assertEquals(
                List.of("acme", "beta"),
                new AutoOrder(useless, Map.of(), 0, 7).measured(US, List.of("acme", "beta")),
                "nothing is no bargain");
    }

    @Test
    void whatACreditCostsCountsWhereItIsKnown() {
        HitRates rates = new HitRates(
                Map.of("acme", 1.0, "beta", 1.0),
                List.of(count("acme", US, 100, 60, 1), count("beta", US, 100, 50, 1)));
        List<String> both = List.of("acme", "beta");
        assertEquals(both, new AutoOrder(rates, Map.of(), 0, 7).measured(US, both));
        assertEquals(
                List.of("beta", "acme"),
                new AutoOrder(rates, Map.of("acme", 0.10, "beta", 0.04), 0, 7).measured(US, both));
    }

    @Test
    void aShareOfTheKeysAsksFirstWhoIsKnownLeast() {
        Count[] past = {count("acme", US, 1000, 900, 1), count("beta", US, 5, 0, 1), count("cent", US, 50, 5, 1)};
        AutoOrder none = order(0, past);
        AutoOrder tenth = order(0.1, past);
        AutoOrder all = order(1, past);
        List<String> measured = none.measured(US, LISTED);
        List<String> exploring = new ArrayList<>(measured);
        exploring.remove("beta");
        exploring.add(0, "beta");
        int explored = 0;
        for (int i = 0; i < 10_000; i++) {
            assertEquals(measured, none.of(key(i), US, LISTED));
            assertEquals(exploring, all.of(key(i), US, LISTED));
            List<String> one = tenth.of(key(i), US, LISTED);
            assertTrue(one.equals(measured) || one.equals(exploring));
            assertEquals(one, tenth.of(key(i), US, LISTED), "the same each time");
            explored += one.equals(exploring) ? 1 : 0;
        }
        // Five standard deviations of 10,000 draws at one in ten.
        assertEquals(1000, explored, 150);
    }

    @Test
    void anotherNightExploresAtOtherKeys() {
        Set<Integer> both = new HashSet<>(explored(7));
        assertTrue(both.size() > 800);
        both.retainAll(explored(8));
        assertEquals(100, both.size(), 50, "a tenth of a tenth");
    }

    private static List<Integer> explored(long night) {
        AutoOrder order = new AutoOrder(new HitRates(Map.of("acme", 1.0), List.of()), Map.of(), 0.1, night);
        return IntStream.range(0, 10_000)
                .filter(i -> order.explores(key(i)))
                .boxed()
                .toList();
    }

    @Test
    void aShareIsNoMoreThanAll() {
        HitRates nothing = new HitRates(Map.of(), List.of());
        assertThrows(IllegalArgumentException.class, () -> new AutoOrder(nothing, Map.of(), 1.01, 7));
        assertThrows(IllegalArgumentException.class, () -> new AutoOrder(nothing, Map.of(), Double.NaN, 7));
    }

    /** Every order of four providers with made-up pasts, by the forecast of each: none is cheaper in credits and asks. */
    @Property(tries = 300)
    void noOtherOrderIsExpectedToCostLess(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> providers = List.of("a", "b", "c", "d");
        Map<String, Double> listed = new HashMap<>();
        List<Count> counts = new ArrayList<>();
        for (String provider : providers) {
            int asked = 1 + random.nextInt(300);
            listed.put(provider, (double) random.nextInt(4));
            counts.add(count(provider, US, asked, random.nextInt(asked + 1), random.nextInt(4)));
        }
        HitRates rates = new HitRates(listed, counts);
        List<String> measured = new AutoOrder(rates, Map.of(), 0, 7).measured(US, providers);

        assertEquals(Set.copyOf(providers), Set.copyOf(measured));
        double best = cost(rates, measured);
        permutations(providers)
                .forEach(other -> assertTrue(
                        best <= cost(rates, other) + 1e-9,
                        () -> measured + " costs " + best + ", and " + other + " less"));
    }

    private static double cost(HitRates rates, List<String> order) {
        List<Forecast.Step> asks =
                order.stream().map(one -> new Forecast.Step(one, false)).toList();
        return Forecast.of(rates, List.of(new Forecast.Group(US, asks, 1))).values().stream()
                .mapToDouble(expected -> expected.credits() + AutoOrder.ASKING * expected.asks())
                .sum();
    }

    private static List<List<String>> permutations(List<String> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }
        List<List<String>> all = new ArrayList<>();
        for (String first : of) {
            List<String> rest = of.stream().filter(one -> !one.equals(first)).toList();
            for (List<String> tail : permutations(rest)) {
                List<String> one = new ArrayList<>(List.of(first));
                one.addAll(tail);
                all.add(one);
            }
        }
        return all;
    }
}
