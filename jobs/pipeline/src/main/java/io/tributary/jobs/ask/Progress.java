package io.tributary.jobs.ask;

import java.util.function.LongSupplier;

/** Shows how far a long step is. Reporting never breaks a run. */
public interface Progress {
    /**
     * Begins to show a step.
     *
     * @param total what {@code done} will come to
     * @param done read from time to time, on another thread
     * @return ends the display
     */
    Watch watch(String step, long total, LongSupplier done);

    /** A display; closing it never fails. */
    interface Watch {
        void close();
    }

    /** Shows nothing. */
    static Progress silent() {
        return (step, total, done) -> () -> {};
    }
}
