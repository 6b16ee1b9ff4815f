package io.tributary.quota;

/**
 * How many calls of a process may be open at once at one provider: as many as its file says, and fewer while it answers more
 * slowly than it used to. A provider that is slow is not helped by more calls; where it stays slow, the calls come back
 * so that the quota can be used. The rule is that of "Gradient2" of Netflix's concurrency-limits: the bound is multiplied by
 * the ratio of the usual time of an answer to that of late, between a half and one, and grows by a few calls while it is
 * in use. Not thread-safe.
 */
final class InFlight {
    /** Answers whose time makes "of late", and those that make "usual". */
    private static final int LATE = 10;

    private static final int USUAL = 600;

    /** Answers that are slower by less than this factor are as usual. */
    private static final double TOLERANCE = 2;

    /** By how much the usual time lies above that of late at the most, as a logarithm: a factor of two. */
    private static final double SLOWER_ONCE = Math.log(2);

    private static final int GROWTH = 4;
    private static final int LEAST = 4;

    private final int most;
    private double allowed;
    private int open;
    private int good;
    private boolean crowded;

    private int answers;
    /** Logarithms of geometric means: one answer that hung says little of all others. */
    private double late;

    private double usual;
    private int sinceLast;

    /** @param most the bound of the provider's file, at least 1 */
    InFlight(int most) {
        this.most = most;
        this.allowed = most;
    }

    boolean isFull() {
        return open >= (int) allowed;
    }

    int open() {
        return open;
    }

    int allowed() {
        return (int) allowed;
    }

    void sent() {
        open++;
    }

    void ended() {
        open--;
    }

    /** A call was answered; how long that took. */
    void answered(long nanos) {
        answers++;
        double log = Math.log(Math.max(1, nanos));
        late += (log - late) / Math.min(answers, LATE);
        usual += (log - usual) / Math.min(answers, USUAL);
        // What was slow is forgotten sooner than it was learnt.
        usual = Math.min(usual, late + SLOWER_ONCE);
        // Each change shows in as many answers as are open; before that, the next one would be for the same reason.
        if (++sinceLast >= Math.max(LATE, open)) {
            sinceLast = 0;
            adapt();
        }
    }

    private void adapt() {
        double gradient = Math.max(0.5, Math.min(1, TOLERANCE * Math.exp(usual - late)));
        if (gradient < 1) {
            allowed = Math.max(Math.min(most, LEAST), allowed * gradient);
        } else if (!crowded) {
            allowed = Math.min(most, allowed + GROWTH);
        }
    }

    /** A call was answered as it should be: slowly gives back what "too many" took. */
    void good() {
        if (crowded && ++good >= allowed) {
            allowed = Math.min(most, (int) allowed + 1);
            good = 0;
            crowded = allowed < most;
        }
    }

    /** "Too many at once": half as many from now on. */
    void tooMany() {
        allowed = Math.max(1, Math.min((int) allowed, Math.max(1, open)) / 2);
        crowded = true;
        good = 0;
    }
}
