package io.tributary.jobs.run;

import java.util.Arrays;
import java.util.Locale;

/** The kinds of runs. */
public enum Job {
    /** Reads the extracts: one at a time, for two would read the same. */
    NIGHTLY(10, true),
    /** Asks about records that are in the golden tables already; can wait. */
    BACKFILL(0, false),
    /** Goes on with the work list of a run that did not reach its end. */
    RESUME(5, false),
    /** Reads answers of history again; asks nobody. One at a time, for two would do the same. */
    REMAP(0, true),
    /** A plan that nobody carries out. */
    PLAN(0, false),
    /** Brings in what was bought elsewhere. */
    IMPORT(0, false),
    /** Changes the list of whom nobody may be asked about. */
    SUPPRESS(0, false),
    /** Takes people out of the lake: waits until nobody else is at work on it, so of two neither would begin. */
    ERASE(0, true),
    /** Tidies the lake up, in short steps between those of others. */
    MAINTAIN(0, true);

    private final int priority;
    private final boolean alone;

    Job(int priority, boolean alone) {
        this.priority = priority;
        this.alone = alone;
    }

    /** The job of a run, as its id tells it. */
    static Job ofRun(String runId) {
        return Arrays.stream(values())
                .filter(job -> runId.endsWith("-" + job.id()))
                .findFirst()
                .orElse(NIGHTLY);
    }

    /** As users call it. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Among runs that share a quota: a higher one is served first. */
    int priority() {
        return priority;
    }

    /** Whether there may be one of its kind on a lake at a time. */
    boolean isAlone() {
        return alone;
    }
}
