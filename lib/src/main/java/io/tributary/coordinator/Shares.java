package io.tributary.coordinator;

import java.util.Arrays;

/**
 * Max-min fair division of whole calls: nobody gets more than it wants, and nobody gets less than another unless it wants
 * less. By "progressive filling": the smallest wants are met first, and what remains is parted equally (Bertsekas and
 * Gallager, Data Networks, section 6.5.2).
 */
final class Shares {
    private Shares() {}

    /**
     * Divides.
     *
     * @param total what there is, 0 or more
     * @param wants what each wants, 0 or more
     * @param turn who comes first when single calls are left over: the next time somebody else should
     * @return each one's share, adding up to no more than {@code total}
     */
    static int[] divide(int total, int[] wants, int turn) {
        int[] shares = new int[wants.length];
        // Want and place in one number: sorting boxes nothing, for it is done often and for hundreds.
        long[] sorted = new long[wants.length];
        for (int i = 0; i < wants.length; i++) {
            sorted[i] = ((long) wants[i] << 32) | i;
        }
        Arrays.sort(sorted);
        int[] order = new int[wants.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) sorted[i];
        }
        int left = Math.max(0, total);
        for (int place = 0; place < order.length; place++) {
            int among = order.length - place;
            int equal = left / among;
            if (wants[order[place]] > equal) {
                partEqually(Arrays.copyOfRange(order, place, order.length), left, turn, wants, shares);
                return shares;
            }
            shares[order[place]] = wants[order[place]];
            left -= wants[order[place]];
        }
        return shares;
    }

    /** All of these want more than an equal part; what doesn't part evenly goes round, one call each. */
    private static void partEqually(int[] who, int total, int turn, int[] wants, int[] shares) {
        int equal = total / who.length;
        int over = total % who.length;
        Arrays.sort(who);
        int first = Math.floorMod(turn, who.length);
        for (int i = 0; i < who.length; i++) {
            int rank = Math.floorMod(i - first, who.length);
            shares[who[i]] = Math.min(wants[who[i]], equal + (rank < over ? 1 : 0));
        }
    }
}
