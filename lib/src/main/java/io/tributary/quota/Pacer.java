package io.tributary.quota;

/**
 * Spreads calls evenly. It never decides alone whether a window is kept: the {@link Gate}'s windows do, and a pacer only
 * keeps their calls from coming all at once. Callers serialise access.
 */
public interface Pacer {
    /** Takes a turn if one is free now. */
    boolean tryTake(long nowNanos);

    /** When to try again after a refusal; later than now. */
    long retryAtNanos(long nowNanos);

    /** Changes the pace from now on; see {@link Factory#pacer}. */
    void pace(double callsPerSecond, double burst);

    /** Makes pacers. */
    @FunctionalInterface
    interface Factory {
        /**
         * @param callsPerSecond positive
         * @param burst the most turns that may be saved up while idle, at least 1
         */
        Pacer pacer(double callsPerSecond, double burst);
    }
}
