package io.tributary.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NearestTest {

    @Test
    void aSwapOfNeighboursIsOneSlip() {
        assertEquals(1, Nearest.distance("waterfall", "watefrall"));
        assertEquals(3, Nearest.distance("kitten", "sitting"));
        assertEquals(5, Nearest.distance("", "quota"));
    }

    @Test
    void proposesWhatIsNearAndListsAllOtherwise() {
        assertEquals(
                "; did you mean 'max-in-flight'?", Nearest.remedy("maxInFlight", List.of("max-in-flight", "quota")));
        assertEquals(
                "; did you mean 'max-in-flight'?", Nearest.remedy("MAX_IN_FLIGHT", List.of("quota", "max-in-flight")));
        assertEquals("; known here: quota, keys", Nearest.remedy("zzzzzz", List.of("quota", "keys")));
        assertEquals(Optional.empty(), Nearest.to("ab", List.of("xy")));
    }

    @Property
    void distanceIsSymmetricAndZeroOnlyForEqualWords(
            @ForAll @AlphaChars @StringLength(max = 12) String left,
            @ForAll @AlphaChars @StringLength(max = 12) String right) {
        int distance = Nearest.distance(left, right);

        assertEquals(distance, Nearest.distance(right, left));
        assertEquals(left.equals(right), distance == 0);
        assertTrue(distance >= Math.abs(left.length() - right.length()));
        assertTrue(distance <= Math.max(left.length(), right.length()));
    }
}
