package io.tributary.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.KeyKind;
import io.tributary.order.Forecast.Expected;
import io.tributary.order.Forecast.Group;
import io.tributary.order.Forecast.Step;
import io.tributary.order.HitRates.Count;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final Segment US = new Segment(KeyKind.EMAIL, "US", Segment.UNKNOWN);

    /** So many that what is believed beforehand weighs nothing. */
    private static final long MANY = 1_000_000_000;

    private static final HitRates RATES = new HitRates(
            Map.of("acme", 1.0, "beta", 1.0, "newcomer", 5.0),
            List.of(
                    new Count("acme", US, new Tally(MANY, MANY * 6 / 10, MANY / 2, MANY)),
                    new Count("beta", US, new Tally(MANY, MANY / 4, MANY / 4, MANY * 3))));

    private static Step ask(String provider) {
        return new Step(provider, false);
    }

    private static void about(double asks, double hits, double credits, Expected expected) {
        assertEquals(asks, expected.asks(), 1e-4);
        assertEquals(hits, expected.hits(), 1e-4);
        assertEquals(credits, expected.credits(), 1e-4);
        assertTrue(expected.known());
    }

    @Test
    void theNextProviderIsAskedAboutThoseForWhomItWasNotEnough() {
        Map<String, Expected> expected =
                Forecast.of(RATES, List.of(new Group(US, List.of(ask("acme"), ask("beta")), 100)));
        about(100, 60, 100, expected.get("acme"));
        about(50, 12.5, 150, expected.get("beta"));
    }

    @Test
    void groupsAddUpAndWhatIsPaidForCostsNothingMore() {
        Map<String, Expected> expected = Forecast.of(
                RATES,
                List.of(
                        new Group(US, List.of(ask("beta"), ask("acme")), 100),
                        new Group(US, List.of(new Step("acme", true)), 10)));
        about(100, 25, 300, expected.get("beta"));
        about(85, 51, 75, expected.get("acme"));
    }

    @Test
    void ofWhomHistoryKnowsNothingNothingIsExpected() {
        Map<String, Expected> expected =
                Forecast.of(RATES, List.of(new Group(US, List.of(ask("newcomer"), ask("beta")), 100)));
        assertEquals(new Expected(100, 0, 0, false), expected.get("newcomer"));
        about(100, 25, 300, expected.get("beta"));
    }
}
