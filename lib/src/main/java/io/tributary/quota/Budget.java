package io.tributary.quota;

/**
 * A hard cap on credits: the worst case is set aside before a call, and replaced by the real cost after it. What is spent
 * and set aside together never passes the cap. Counted in thousandths of a credit, rounded up. Thread-safe.
 */
public final class Budget {
    /** What became of a request to set credits aside. */
    public enum Decision {
        /** Set aside. */
        RESERVED,
        /** Too little is free now, but calls that are still open may give some back. */
        WAIT,
        /** It can never fit again. */
        SPENT
    }

    /** The cap of a budget without one: so much that sums of it do not overflow. */
    static final long UNLIMITED = Long.MAX_VALUE / 4;

    private static final double SCALE = 1000;

    private final long cap;
    private long spent;
    private long reserved;

    /**
     * @param credits the cap, 0 or more; infinite for none
     */
    public Budget(double credits) {
        this.cap = cap(credits);
    }

    /** A budget without a cap. */
    public static Budget unlimited() {
        return new Budget(Double.POSITIVE_INFINITY);
    }

    /**
     * What an attempt of a task may spend in a round: the worst cases of the round's asks, less what earlier attempts of
     * the same round may have spent.
     *
     * @param before what the task may have spent before the round
     * @param worst the worst cases of its asks of the round
     * @param mayHaveSpent what all of its attempts so far may have spent, before the round and in it
     */
    public static Budget ofRound(double before, double worst, double mayHaveSpent) {
        return new Budget(Math.max(0, Math.min(worst, before + worst - mayHaveSpent)));
    }

    /**
     * @param worst the most that the call can cost
     */
    public synchronized Decision reserve(double worst) {
        long wanted = thousandths(worst);
        if (spent + reserved + wanted <= cap) {
            reserved += wanted;
            return Decision.RESERVED;
        }
        return spent + wanted <= cap ? Decision.WAIT : Decision.SPENT;
    }

    /**
     * Ends a reservation.
     *
     * @param worst what was reserved
     * @param actual what it cost: 0 if nothing was bought, the worst case if nobody knows
     */
    public synchronized void settle(double worst, double actual) {
        reserved -= thousandths(worst);
        spent += thousandths(actual);
    }

    /** Credits spent so far. */
    public synchronized double spent() {
        return spent / SCALE;
    }

    /** A cost: rounded up, but for the error of a sum of doubles. */
    static long thousandths(double credits) {
        return (long) Math.ceil(credits * SCALE - 1e-6);
    }

    /** A cap: rounded down, but for the error of a sum of doubles. */
    static long cap(double credits) {
        if (!(credits >= 0)) {
            throw new IllegalArgumentException("a budget is 0 or more credits, not " + credits);
        }
        return credits * SCALE >= UNLIMITED ? UNLIMITED : (long) Math.floor(credits * SCALE + 1e-6);
    }
}
