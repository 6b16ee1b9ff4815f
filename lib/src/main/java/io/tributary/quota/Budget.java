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

    private static final double SCALE = 1000;

    private final long cap;
    private long spent;
    private long reserved;

    /**
     * @param credits the cap, 0 or more; infinite for none
     */
    public Budget(double credits) {
        if (!(credits >= 0)) {
            throw new IllegalArgumentException("a budget is 0 or more credits, not " + credits);
        }
        this.cap = Double.isInfinite(credits) ? Long.MAX_VALUE / 4 : (long) Math.floor(credits * SCALE);
    }

    /** A budget without a cap. */
    public static Budget unlimited() {
        return new Budget(Double.POSITIVE_INFINITY);
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

    private static long thousandths(double credits) {
        return (long) Math.ceil(credits * SCALE - 1e-6);
    }
}
