package io.tributary.coordinator;

/**
 * What others use of a window with the same key, as the provider's headers tell: believed at once when it grows; when it
 * shrinks, a tenth of the window at a time and length. Not thread-safe.
 */
final class OtherUse {
    private static final double STEP = 0.1;
    private static final long LEAST_LENGTH_NANOS = 1_000_000_000L;

    private final int calls;
    private final long lengthNanos;
    private int seen;
    private long seenNanos;
    private int most;

    OtherUse(int calls, long lengthNanos) {
        this.calls = calls;
        this.lengthNanos = Math.max(LEAST_LENGTH_NANOS, lengthNanos);
    }

    /**
     * The provider counted more calls than ours.
     *
     * @param excess by how many; our own view is some moments old, so a few say nothing
     */
    void sees(int excess, long nowNanos) {
        int others = excess > Math.max(2, calls / 20) ? Math.min(calls, excess) : 0;
        if (others >= now(nowNanos)) {
            seen = others;
            seenNanos = nowNanos;
            most = Math.max(most, others);
        }
    }

    /** Calls of others that the window holds now, as far as we know. */
    int now(long nowNanos) {
        if (seen == 0) {
            return 0;
        }
        double lengths = (double) (nowNanos - seenNanos) / lengthNanos;
        return (int) Math.max(0, Math.ceil(seen - calls * STEP * lengths));
    }

    /** The most that was ever seen. */
    int most() {
        return most;
    }
}
