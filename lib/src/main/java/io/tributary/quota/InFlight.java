package io.tributary.quota;

/**
 * How many calls of a process may be open at once at one provider. Not thread-safe.
 */
final class InFlight {
    private final int most;
    private int allowed;
    private int open;
    private int good;

    /** @param most the bound of the provider's file, at least 1 */
    InFlight(int most) {
        this.most = most;
        this.allowed = most;
    }

    boolean isFull() {
        return open >= allowed;
    }

    int open() {
        return open;
    }

    void sent() {
        open++;
    }

    void ended() {
        open--;
    }

    /** A call was answered as it should be: slowly gives concurrency back. */
    void good() {
        if (allowed < most && ++good >= allowed) {
            allowed++;
            good = 0;
        }
    }

    /** "Too many at once": half as many from now on. */
    void tooMany() {
        allowed = Math.max(1, Math.min(allowed, Math.max(1, open)) / 2);
        good = 0;
    }
}
