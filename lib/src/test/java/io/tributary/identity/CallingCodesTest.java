package io.tributary.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CallingCodesTest {
    private static final Map<String, String> COUNTRIES = CallingCodes.countries();

    @Test
    void aCodeIsThatOfItsLargestCountry() {
        assertEquals("US", COUNTRIES.get("1"));
        assertEquals("DE", COUNTRIES.get("49"));
        assertEquals("IE", COUNTRIES.get("353"));
        assertTrue(COUNTRIES.size() > 200, () -> COUNTRIES.size() + " codes");
    }

    @Test
    void noCodeBeginsWithAnotherSoOneNumberHasOneCountry() {
        for (String code : COUNTRIES.keySet()) {
            assertTrue(
                    COUNTRIES.keySet().stream().noneMatch(other -> !other.equals(code) && other.startsWith(code)),
                    code);
        }
    }

    @Test
    void codesOfNoCountryAreLeftOut() {
        assertTrue(!COUNTRIES.containsKey("800") && !COUNTRIES.containsKey("870"), COUNTRIES::toString);
    }
}
