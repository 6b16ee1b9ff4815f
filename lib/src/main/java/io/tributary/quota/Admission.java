package io.tributary.quota;

import java.util.Objects;

/** What a {@link Gate} says to a call that wants to be sent now. */
public sealed interface Admission {
    /** Send it now, and give the permit back when the exchange has ended, however it ended. */
    record Granted(Permit permit) implements Admission {
        public Granted {
            Objects.requireNonNull(permit, "permit");
        }
    }

    /**
     * Ask again at this time of the elapsed clock. Somebody else may have been faster then.
     *
     * @param nanos on the scale that {@link Gate#admit} was asked with
     */
    record NotBefore(long nanos) implements Admission {}

    /** As many calls are in flight as may be: ask again when one ended, see {@link Gate#onRelease}. */
    record Full() implements Admission {}

    /**
     * This provider is not asked any more in this run.
     *
     * @param reason a stable code in snake case
     */
    record Exhausted(String reason) implements Admission {
        public Exhausted {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
