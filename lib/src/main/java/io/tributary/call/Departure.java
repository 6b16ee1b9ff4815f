package io.tributary.call;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Whether a request has left. It is decided once: by the thread that is about to write it, or before by whoever gives up
 * on it. So an exchange that ended unsent was never sent later. Thread-safe.
 */
final class Departure {
    private enum State {
        WAITING,
        LEFT,
        KEPT,
        TOO_LATE
    }

    private final BooleanSupplier mayLeave;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    /** @param mayLeave is asked directly before the first byte is written */
    Departure(BooleanSupplier mayLeave) {
        this.mayLeave = mayLeave;
    }

    /** Whether the request may be written now; then it counts as sent. */
    boolean leave() {
        if (!mayLeave.getAsBoolean()) {
            state.compareAndSet(State.WAITING, State.TOO_LATE);
            return false;
        }
        return state.compareAndSet(State.WAITING, State.LEFT);
    }

    /** Keeps it from leaving. Returns whether it has not left, and never will. */
    boolean keep() {
        state.compareAndSet(State.WAITING, State.KEPT);
        return state.get() != State.LEFT;
    }

    /** Whether it might not leave any more when its turn came. */
    boolean isTooLate() {
        return state.get() == State.TOO_LATE;
    }
}
