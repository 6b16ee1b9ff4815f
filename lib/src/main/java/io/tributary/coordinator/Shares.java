package io.tributary.coordinator;

import java.util.Arrays;

/**
 * Weighted max-min fair division of whole calls: nobody gets more than it wants, and nobody gets less for its weight than
 * another unless it wants less. By "progressive filling": the smallest wants are met first, and what remains is parted by
 * weight (Bertsekas and Gallager, Data Networks, section 6.5.2).
 */
final class Shares {
    private Shares() {}

    /**
     * Divides among equals.
     *
     * @param total what there is, 0 or more
     * @param wants what each wants, 0 or more
     * @param turn who comes first when single calls are left over: the next time somebody else should
     * @return each one's share, adding up to no more than {@code total}
     */
    static int[] divide(int total, int[] wants, int turn) {
        int[] weights = new int[wants.length];
        Arrays.fill(weights, 1);
        return divide(total, wants, weights, turn);
    }

    /** @param weights of each, 1 or more, at most 1000 */
    static int[] divide(int total, int[] wants, int[] weights, int turn) {
        int[] shares = new int[wants.length];
        int[] order = byWantForItsWeight(wants, weights);
        long weight = 0;
        for (int each : weights) {
            weight += each;
        }
        int left = Math.max(0, total);
        for (int place = 0; place < order.length; place++) {
            int who = order[place];
            if ((long) wants[who] * weight > (long) left * weights[who]) {
                part(Arrays.copyOfRange(order, place, order.length), left, weight, turn, wants, weights, shares);
                return shares;
            }
            shares[who] = wants[who];
            left -= wants[who];
            weight -= weights[who];
        }
        return shares;
    }

    /** Want and place in one number: sorting boxes nothing, for it is done often and for hundreds. */
    private static int[] byWantForItsWeight(int[] wants, int[] weights) {
        long[] sorted = new long[wants.length];
        for (int i = 0; i < wants.length; i++) {
            // In thousandths, so that weights are told apart; 2^31 of them still fit.
            sorted[i] = Math.min(Integer.MAX_VALUE, 1000L * wants[i] / weights[i]) << 32 | i;
        }
        Arrays.sort(sorted);
        int[] order = new int[wants.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) sorted[i];
        }
        return order;
    }

    /** All of these want more than their part; what doesn't part evenly goes round, one call each. */
    private static void part(int[] who, int total, long weight, int turn, int[] wants, int[] weights, int[] shares) {
        int over = total;
        for (int each : who) {
            shares[each] = (int) Math.min(wants[each], (long) total * weights[each] / weight);
            over -= shares[each];
        }
        Arrays.sort(who);
        int first = Math.floorMod(turn, who.length);
        for (int i = 0; i < who.length && over > 0; i++) {
            int each = who[(first + i) % who.length];
            if (shares[each] < wants[each]) {
                shares[each]++;
                over--;
            }
        }
    }
}
