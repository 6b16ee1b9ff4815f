package io.tributary.jobs.ask;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

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

    /**
     * Begins to show a step of which nobody can tell how long it takes.
     *
     * @param doing what is going on, read from time to time, on another thread
     */
    default Watch busy(String step, Supplier<String> doing) {
        return () -> {};
    }

    /** A display; closing it never fails. */
    interface Watch {
        void close();
    }

    /** Shows nothing. */
    static Progress silent() {
        return (step, total, done) -> () -> {};
    }
}
