package io.tributary.acceptance;

import java.time.Duration;
import java.util.List;

/**
 * A stretch of time in which answers could be lost, and how many at most.
 *
 * @param fault why
 * @param fromMillis when the first process died or the first write failed
 * @param toMillis when the last did
 * @param most what the processes concerned can have had in flight or not flushed
 */
record Exposure(ChaosFault fault, long fromMillis, long toMillis, long most) {
    /** An answer is flushed after so long at the shipped settings: its age, a look at it. */
    private static final Duration UNFLUSHED = Duration.ofMillis(1000 + 250);

    /** For a write to the disk, and a thread that is not served at once. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    /** The answers that a task collects before it flushes. */
    private static final int ANSWERS = 200;

    Exposure {
        if (toMillis < fromMillis || most < 0) {
            throw new IllegalArgumentException("from " + fromMillis + " to " + toMillis + ", at most " + most);
        }
    }

    /** The death of so many tasks within a stretch of time, each of which had so many calls in flight at most. */
    static Exposure death(ChaosFault fault, long fromMillis, long toMillis, int tasks, int inFlight) {
        return new Exposure(fault, fromMillis, toMillis, (long) tasks * (inFlight + ANSWERS));
    }

    /**
     * Whether a call can have been made in vain, that is was in flight or not flushed.
     *
     * @param billedMillis when it reached the provider
     * @param answered how long answers take
     */
    boolean covers(long billedMillis, Duration answered) {
        long first = fromMillis - answered.plus(UNFLUSHED).plus(SLACK).toMillis();
        return billedMillis >= first && billedMillis <= toMillis + SLACK.toMillis();
    }

    /** How many of these calls can have been made in vain. */
    long inVain(List<Long> billed, Duration answered) {
        return Math.min(most, billed.stream().filter(at -> covers(at, answered)).count());
    }

    /** The most that some fault can have lost. */
    static long bound(ChaosFault fault, List<Exposure> all, List<Long> billed, Duration answered) {
        return repeats(all.stream().filter(each -> each.fault() == fault).toList(), billed, answered);
    }

    /** The most that can be paid twice after all of them: what is lost again may be paid for again. */
    static long repeats(List<Exposure> all, List<Long> billed, Duration answered) {
        return all.stream().mapToLong(each -> each.inVain(billed, answered)).sum();
    }
}
