package io.tributary.quota;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** How long calls had to wait, and for what. Not thread-safe. */
public final class Stalls {
    /** What a provider's calls wait for. */
    public enum Cause {
        /** Calls leave as they come. */
        NONE,
        /** A window, or a turn in it. */
        QUOTA,
        /** An answer to a call in flight. */
        IN_FLIGHT,
        /** A pause that the provider asked for. */
        PAUSE,
        /** Word from the coordinator. */
        LEASE,
        /** The service is out of order, so calls are put off. */
        CIRCUIT,
        /** Credits that other calls may give back. */
        BUDGET,
        /** There is nothing to send. */
        NO_WORK;

        /** The name in reports. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Cause, Long> nanos = new EnumMap<>(Cause.class);
    private Cause now = Cause.NO_WORK;
    private long sinceNanos;
    private boolean begun;

    /** From now on calls wait for this. */
    void begin(Cause cause, long nowNanos) {
        add(nowNanos);
        now = cause;
    }

    /** Nanoseconds by cause so far. */
    Map<Cause, Long> nanos(long nowNanos) {
        add(nowNanos);
        return Map.copyOf(nanos);
    }

    private void add(long nowNanos) {
        if (begun) {
            nanos.merge(now, Math.max(0, nowNanos - sinceNanos), Long::sum);
            sinceNanos = Math.max(sinceNanos, nowNanos);
        } else {
            begun = true;
            sinceNanos = nowNanos;
        }
    }
}
