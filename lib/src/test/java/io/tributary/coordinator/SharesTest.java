package io.tributary.coordinator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SharesTest {
    @Test
    void smallWantsAreMetAndTheRestIsPartedEqually() {
        assertArrayEquals(new int[] {5, 47, 48, 0}, Shares.divide(100, new int[] {5, 1000, 200, 0}, 1));
    }

    @Test
    void whoIsFirstForASingleCallGoesRound() {
        assertArrayEquals(new int[] {1, 0, 0}, Shares.divide(1, new int[] {9, 9, 9}, 0));
        assertArrayEquals(new int[] {0, 1, 0}, Shares.divide(1, new int[] {9, 9, 9}, 1));
        assertArrayEquals(new int[] {1, 0, 0}, Shares.divide(1, new int[] {9, 9, 9}, 3));
    }

    @Property
    void neverMoreThanThereIsNorThanIsWantedAndNothingIsLeftThatIsWanted(
            @ForAll @IntRange(max = 5000) int total,
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 2000) Integer> wishes,
            @ForAll int turn) {
        int[] wants = wishes.stream().mapToInt(Integer::intValue).toArray();
        int[] shares = Shares.divide(total, wants, turn);
        for (int i = 0; i < wants.length; i++) {
            assertTrue(shares[i] >= 0 && shares[i] <= wants[i]);
        }
        assertEquals(
                Math.min(total, Arrays.stream(wants).sum()),
                Arrays.stream(shares).sum());
    }

    @Property
    void nobodyGetsLessThanAnotherUnlessItWantsLess(
            @ForAll @IntRange(max = 5000) int total,
            @ForAll @Size(min = 2, max = 20) List<@IntRange(max = 2000) Integer> wishes) {
        int[] wants = wishes.stream().mapToInt(Integer::intValue).toArray();
        int[] shares = Shares.divide(total, wants, 0);
        for (int i = 0; i < wants.length; i++) {
            for (int j = 0; j < wants.length; j++) {
                assertTrue(shares[i] >= shares[j] - 1 || shares[i] == wants[i], Arrays.toString(shares));
            }
        }
    }

    @Test
    void weightsPartWhatAllWant() {
        assertArrayEquals(new int[] {75, 25}, Shares.divide(100, new int[] {500, 500}, new int[] {3, 1}, 0));
        assertArrayEquals(new int[] {90, 10}, Shares.divide(100, new int[] {500, 10}, new int[] {1, 1000}, 0));
    }

    @Property
    void nobodyGetsLessForItsWeightThanAnotherUnlessItWantsLess(
            @ForAll @IntRange(max = 5000) int total,
            @ForAll @Size(min = 2, max = 12) List<@IntRange(max = 2000) Integer> wishes,
            @ForAll Random random) {
        int[] wants = wishes.stream().mapToInt(Integer::intValue).toArray();
        int[] weights = wishes.stream().mapToInt(wish -> 1 + random.nextInt(20)).toArray();
        int[] shares = Shares.divide(total, wants, weights, random.nextInt(9));
        assertEquals(
                Math.min(total, Arrays.stream(wants).sum()),
                Arrays.stream(shares).sum());
        for (int i = 0; i < wants.length; i++) {
            for (int j = 0; j < wants.length; j++) {
                // A call that does not part goes to one of them, and one in a thousand of a want is not told apart.
                double spare = 1.0 / weights[i] + 1.0 / weights[j] + 2e-3;
                assertTrue(
                        shares[i] == wants[i]
                                || (double) shares[i] / weights[i] >= (double) shares[j] / weights[j] - spare,
                        Arrays.toString(shares) + " by " + Arrays.toString(weights));
            }
        }
    }
}
