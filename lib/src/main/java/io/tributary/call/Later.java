package io.tributary.call;

import java.time.Duration;

/** Performs an action after a time, on any thread; does nothing any more once its owner is closed. */
@FunctionalInterface
public interface Later {
    void run(Duration delay, Runnable action);
}
