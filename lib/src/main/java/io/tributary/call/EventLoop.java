package io.tributary.call;

import java.time.Duration;
import java.time.Instant;

/**
 * The one thread on which the calls of a task are decided, and its clocks. Everything in this package that is not said to be
 * thread-safe runs on it, and nothing on it may block.
 */
public interface EventLoop {
    /** Wall clock, for what is recorded and for dates in headers. */
    Instant now();

    /** Elapsed clock, for waits; from any thread. */
    long nanos();

    /** Runs soon, in order; from any thread. */
    void execute(Runnable action);

    /** Runs after a delay; from any thread. */
    void schedule(Duration delay, Runnable action);
}
