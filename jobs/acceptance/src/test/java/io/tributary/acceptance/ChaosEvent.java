package io.tributary.acceptance;

import java.util.Optional;

/**
 * A fault that a round had in its plan.
 *
 * @param notRun why it could not happen; empty if it did
 * @param repeats answers paid for twice of which it lost the first
 * @param bound how many it can have lost
 */
record ChaosEvent(ChaosFault fault, String notRun, long repeats, long bound) {
    static ChaosEvent of(ChaosFault fault, Optional<String> notRun) {
        return new ChaosEvent(fault, notRun.orElse(""), 0, 0);
    }

    ChaosEvent withRepeats(long lost, long most) {
        return new ChaosEvent(fault, notRun, lost, most);
    }

    boolean ran() {
        return notRun.isEmpty();
    }

    @Override
    public String toString() {
        return fault.words()
                + (ran() ? bound == 0 ? "" : " (" + repeats + " of " + bound + ")" : ": not run: " + notRun);
    }
}
