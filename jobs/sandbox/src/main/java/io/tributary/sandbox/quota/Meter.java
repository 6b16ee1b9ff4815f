package io.tributary.sandbox.quota;

/** Counts the calls of one window. Times never go back; not thread-safe. */
interface Meter {
    /** The calls that count against the limit now. */
    int used(long nowNanos);

    /** When the window has room for a call again, or, while it has, when its oldest call stops counting. */
    long resetsAtNanos(long nowNanos);

    /** Counts one call; only when there is room. */
    void spend(long nowNanos);
}
