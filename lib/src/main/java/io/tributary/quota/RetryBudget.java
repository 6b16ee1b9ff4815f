package io.tributary.quota;

/**
 * Keeps retries a fraction of the calls, so that a struggling provider is not asked three times as often as a healthy one:
 * each call earns a part of a retry, each retry spends one. Thread-safe.
 */
public final class RetryBudget {
    private final double perCall;
    private final double most;
    private double saved;

    /**
     * @param perCall retries earned by one call, for instance 0.2
     * @param most the most that can be saved up, and what it starts with
     */
    public RetryBudget(double perCall, double most) {
        this.perCall = perCall;
        this.most = most;
        this.saved = most;
    }

    /** What is shipped: a fifth of the calls, and twenty at once. */
    public static RetryBudget standard() {
        return new RetryBudget(0.2, 20);
    }

    public synchronized void called() {
        saved = Math.min(most, saved + perCall);
    }

    /** Spends one retry if there is one. */
    public synchronized boolean tryRetry() {
        if (saved < 1) {
            return false;
        }
        saved -= 1;
        return true;
    }
}
