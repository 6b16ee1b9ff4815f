package io.tributary.order;

/**
 * What one more ask can be expected to come to.
 *
 * @param hitRate how likely the answer brings something that is wanted; above 0 and below 1
 * @param enoughRate how likely nobody else is needed after it; at most {@code hitRate}
 * @param credits what the ask costs, found or not
 */
public record Estimate(double hitRate, double enoughRate, double credits) {
    /** As many asks as what is believed beforehand counts for. */
    static final double WEIGHT = 10;

    /** What is believed of a provider of whom nothing is known but what an ask costs at most. */
    static Estimate beforehand(double listedCredits) {
        return new Estimate(0.5, 0.5, listedCredits);
    }

    /**
     * This belief after some asks: each rate {@code p} becomes {@code (k + WEIGHT p) / (n + WEIGHT)} for {@code k} of {@code n}.
     * That is the mean of a Beta distribution with mean {@code p} that has seen them, known as the m-estimate (B. Cestnik,
     * Estimating Probabilities: A Crucial Task in Machine Learning, ECAI 1990). Few asks change little, many decide alone.
     */
    Estimate after(Tally tally) {
        double in = tally.asked() + WEIGHT;
        return new Estimate(
                (tally.hits() + WEIGHT * hitRate) / in,
                (tally.enough() + WEIGHT * enoughRate) / in,
                (tally.credits() + WEIGHT * credits) / in);
    }
}
