package io.tributary.quota;

import com.google.common.util.concurrent.RateLimiter;

/**
 * Guava's {@link RateLimiter} behind {@link Pacer}. Guava saves up a whole second of permits while idle and hands them out
 * at once; here whatever was saved beyond the burst is spent before the next turn is given. Guava measures time by its own
 * clock and does not say what it has saved, so the saving is mirrored here from the times that the pacer is told. Whenever
 * Guava refuses a turn, the mirror learns that there is none: else a mirror that drifted above the truth would spend each
 * turn as an excess, and no call would ever be made.
 */
@SuppressWarnings("UnstableApiUsage")
public final class GuavaPacer implements Pacer {
    /** How soon a turn is asked for again, in turns. */
    private static final double SOONEST = 0.05;

    private final RateLimiter limiter;
    private double callsPerSecond;
    private double burst;
    private long spacingNanos;

    /** Turns that can be had at once, the one that is due counted in. */
    private double saved = 1;

    private long updatedNanos;
    private boolean started;

    /** See {@link Pacer.Factory#pacer}. */
    public GuavaPacer(double callsPerSecond, double burst) {
        this.limiter = RateLimiter.create(callsPerSecond);
        this.callsPerSecond = callsPerSecond;
        this.burst = burst;
        this.spacingNanos = Math.max(1, (long) (1e9 / callsPerSecond));
    }

    /** Guava keeps what it has saved, in proportion, and so does the mirror: the excess is spent with the next turn. */
    @Override
    public void pace(double newCallsPerSecond, double newBurst) {
        if (newCallsPerSecond != callsPerSecond) {
            limiter.setRate(newCallsPerSecond);
            saved = saved <= 1 ? saved : Math.max(1, saved * newCallsPerSecond / callsPerSecond);
            callsPerSecond = newCallsPerSecond;
            spacingNanos = Math.max(1, (long) (1e9 / newCallsPerSecond));
        }
        burst = newBurst;
    }

    @Override
    public boolean tryTake(long nowNanos) {
        spendWhatIdlingSaved(nowNanos);
        if (!limiter.tryAcquire()) {
            saved = Math.min(saved, 1 - SOONEST);
            return false;
        }
        saved = Math.max(0, saved - 1);
        return true;
    }

    @Override
    public long retryAtNanos(long nowNanos) {
        double missing = Math.max(SOONEST, Math.min(1, 1 - saved));
        return nowNanos + Math.max(1, (long) (missing * spacingNanos));
    }

    private void spendWhatIdlingSaved(long nowNanos) {
        if (started) {
            // Tasks look at the clock before they take turns here, so it may seem to go back.
            double earned = Math.max(0, nowNanos - updatedNanos) / 1e9 * callsPerSecond;
            saved = Math.min(Math.max(1, callsPerSecond), saved + earned);
        }
        updatedNanos = started ? Math.max(updatedNanos, nowNanos) : nowNanos;
        started = true;
        int excess = (int) Math.floor(saved - burst);
        if (excess > 0 && limiter.tryAcquire(excess)) {
            saved -= excess;
        }
    }
}
