package io.tributary.acceptance;

import java.util.Optional;

/**
 * A fault that a round had in its plan.
 *
 * @param notRun why it could not happen; empty if it did
 * @param repeats answers paid for twice of which it lost the first
 */
record ChaosEvent(ChaosFault fault, String notRun, long repeats) {
    static ChaosEvent of(ChaosFault fault, Optional<String> notRun) {
        return new ChaosEvent(fault, notRun.orElse(""), 0);
    }

    ChaosEvent withRepeats(long lost) {
        return new ChaosEvent(fault, notRun, lost);
    }

    boolean ran() {
        return notRun.isEmpty();
    }

    @Override
    public String toString() {
        return ran() ? fault.words() : fault.words() + ": not run: " + notRun;
    }
}
