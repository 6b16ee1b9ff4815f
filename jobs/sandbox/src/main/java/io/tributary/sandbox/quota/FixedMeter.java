package io.tributary.sandbox.quota;

/** Opens at the first call, counts, closes after its length. */
final class FixedMeter implements Meter {
    private final int limit;
    private final long windowNanos;
    private long openedAt;
    private int count;

    FixedMeter(int limit, long windowNanos) {
        this.limit = limit;
        this.windowNanos = windowNanos;
    }

    @Override
    public int used(long nowNanos) {
        if (count > 0 && nowNanos - openedAt >= windowNanos) {
            count = 0;
        }
        return count;
    }

    @Override
    public long resetsAtNanos(long nowNanos) {
        return used(nowNanos) == 0 ? nowNanos : openedAt + windowNanos;
    }

    @Override
    public void spend(long nowNanos) {
        if (used(nowNanos) == 0) {
            openedAt = nowNanos;
        }
        if (count == limit) {
            throw new IllegalStateException("the window is full");
        }
        count++;
    }
}
