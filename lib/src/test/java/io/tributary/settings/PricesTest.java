package io.tributary.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PricesTest {
    private static final Prices PRICES =
            new Prices("EUR", Map.of("hunter", new BigDecimal("0.049"), "gleif", BigDecimal.ZERO));

    @Test
    void aCostIsCreditsTimesThePriceAndExact() {
        assertEquals(
                0, new BigDecimal("5.88").compareTo(PRICES.cost("hunter", 120).orElseThrow()));
        // As binary fractions, three times 0.1 is 0.30000000000000004.
        Prices tenth = new Prices("EUR", Map.of("x", new BigDecimal("0.1")));
        assertEquals(0.3, Prices.told(tenth.cost("x", 3).orElseThrow()));
        assertEquals(
                0, new BigDecimal("0.0245").compareTo(PRICES.cost("hunter", 0.5).orElseThrow()));
    }

    @Test
    void whatHasNoPriceCostsNothingThatIsKnown() {
        assertEquals(Optional.empty(), PRICES.cost("apollo", 7));
        assertEquals("0.00", Prices.shown(PRICES.cost("gleif", 7).orElseThrow()), "a price of nothing is a price");
        assertEquals(
                0, new BigDecimal("4.90").compareTo(PRICES.cost(Map.of("hunter", 100.0, "apollo", 7.0, "gleif", 3.0))));
        assertFalse(Prices.NONE.any());
    }

    @Test
    void peopleReadTwoPlacesAndMachinesSix() {
        assertEquals("1,234.57", Prices.shown(new BigDecimal("1234.565")));
        assertEquals("0.01", Prices.shown(new BigDecimal("0.005")));
        assertEquals("0.00", Prices.shown(new BigDecimal("0.0049")));
        assertEquals("12,000,000.00", Prices.shown(new BigDecimal("1.2E7")));
        assertEquals(0.004901, Prices.told(new BigDecimal("0.00490051")));
    }

    @Test
    void refusesWhatIsNoPrice() {
        assertThrows(IllegalArgumentException.class, () -> new Prices("Euro", Map.of()));
        assertThrows(IllegalArgumentException.class, () -> new Prices("EUR", Map.of("x", new BigDecimal("-1"))));
    }
}
