package io.tributary.quota;

/** A token bucket in plain arithmetic: for simulated time, and the measure that other pacers are held to. */
public final class TokenPacer implements Pacer {
    private double nanosPerTurn;
    private double burst;
    private double turns;
    private long updatedNanos;
    private boolean started;

    /** A pacer with one saved turn; see {@link Pacer.Factory#pacer}. */
    public TokenPacer(double callsPerSecond, double burst) {
        this.nanosPerTurn = 1e9 / callsPerSecond;
        this.burst = burst;
        this.turns = 1;
    }

    @Override
    public void pace(double callsPerSecond, double newBurst) {
        nanosPerTurn = 1e9 / callsPerSecond;
        burst = newBurst;
    }

    @Override
    public boolean tryTake(long nowNanos) {
        if (started) {
            turns = Math.min(burst, turns + Math.max(0, nowNanos - updatedNanos) / nanosPerTurn);
        }
        started = true;
        updatedNanos = nowNanos;
        // Waiting until a turn is whole is rounded to nanoseconds; a hair below counts as whole.
        if (turns < 1 - 1e-6) {
            return false;
        }
        turns -= 1;
        return true;
    }

    @Override
    public long retryAtNanos(long nowNanos) {
        return nowNanos + Math.max(1, (long) Math.ceil((1 - turns) * nanosPerTurn));
    }
}
