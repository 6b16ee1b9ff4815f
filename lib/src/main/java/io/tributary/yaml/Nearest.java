package io.tributary.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class Nearest {

    private Nearest() {}

    /** The valid name closest to what was written, if it is close enough to be a slip of the finger. */
    public static Optional<String> to(String written, Collection<String> valid) {
        String plain = plain(written);
        return valid.stream()
                .min(Comparator.comparingInt((String name) -> distance(plain, plain(name)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> distance(plain, plain(name)) <= slips(Math.max(plain.length(), name.length())));
    }

    /** {@code ; did you mean 'x'?} or, if nothing is near, the list of all that is allowed. */
    public static String remedy(String written, Collection<String> valid) {
        return to(written, valid)
                .map(name -> "; did you mean '" + name + "'?")
                .orElseGet(
                        () -> valid.isEmpty() ? "; none is known here" : "; known here: " + String.join(", ", valid));
    }

    private static int slips(int length) {
        return length < 4 ? 1 : Math.max(2, length / 3);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
    }

    /** Damerau-Levenshtein distance in its optimal string alignment form: a swap of neighbours counts as one slip. */
    static int distance(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= right.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            for (int j = 1; j <= right.length(); j++) {
                int replaced = cost[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                int best = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1)) {
                    best = Math.min(best, cost[i - 2][j - 2] + 1);
                }
                cost[i][j] = best;
            }
        }
        return cost[left.length()][right.length()];
    }
}
