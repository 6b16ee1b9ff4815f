package io.tributary.quota;

/** A time on an elapsed clock that only ever moves on. Not thread-safe. */
public final class Until {
    private long nanos;
    private boolean set;

    /** At least so long from now on; nothing shortens it but {@link #clear}. */
    public void extend(long lengthNanos, long nowNanos) {
        if (lengthNanos > 0 && (!set || nowNanos + lengthNanos - nanos > 0)) {
            set = true;
            nanos = nowNanos + lengthNanos;
        }
    }

    public void clear() {
        set = false;
    }

    /** How long it is from now on; 0 when it is over. */
    public long left(long nowNanos) {
        return set ? Math.max(0, nanos - nowNanos) : 0;
    }
}
