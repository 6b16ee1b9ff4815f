package io.tributary.sandbox.quota;

/** Remembers the time of each counted call in a ring, which grows to the limit as it is needed. */
final class SlidingMeter implements Meter {
    private final int limit;
    private final long windowNanos;
    private long[] times;
    private int oldest;
    private int count;

    SlidingMeter(int limit, long windowNanos) {
        this.limit = limit;
        this.windowNanos = windowNanos;
        this.times = new long[Math.min(limit, 1024)];
    }

    @Override
    public int used(long nowNanos) {
        while (count > 0 && nowNanos - times[oldest] >= windowNanos) {
            oldest = oldest + 1 == times.length ? 0 : oldest + 1;
            count--;
        }
        return count;
    }

    @Override
    public long resetsAtNanos(long nowNanos) {
        return used(nowNanos) == 0 ? nowNanos : times[oldest] + windowNanos;
    }

    @Override
    public void spend(long nowNanos) {
        if (count == times.length) {
            grow();
        }
        times[(oldest + count) % times.length] = nowNanos;
        count++;
    }

    private void grow() {
        long[] larger = new long[(int) Math.min(limit, 2L * times.length)];
        if (larger.length == times.length) {
            throw new IllegalStateException("the window is full");
        }
        System.arraycopy(times, oldest, larger, 0, times.length - oldest);
        System.arraycopy(times, 0, larger, times.length - oldest, oldest);
        times = larger;
        oldest = 0;
    }
}
