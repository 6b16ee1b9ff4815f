package io.tributary.sandbox.quota;

/**
 * How full one window is.
 *
 * @param used calls that count now
 * @param resetsAtNanos when it has room again, or while it has, when its oldest call stops counting; epoch nanoseconds
 */
public record WindowUse(Limit limit, int used, long resetsAtNanos) {
    public int remaining() {
        return limit.calls() - used;
    }
}
