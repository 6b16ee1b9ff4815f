package io.tributary.coordinator;

/**
 * How somebody stands among those who share a quota.
 *
 * @param priority whoever has a higher one is served first
 * @param weight its part among those of equal priority, from 1 to 1000
 */
public record Claim(int priority, int weight) {
    /** All alike. */
    public static final Claim EQUAL = new Claim(0, 1);

    public Claim {
        if (weight < 1 || weight > 1000) {
            throw new IllegalArgumentException("a weight lies between 1 and 1000, not " + weight);
        }
    }
}
