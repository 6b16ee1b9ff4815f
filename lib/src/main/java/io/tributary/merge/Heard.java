package io.tributary.merge;

import io.tributary.model.Outcome;
import java.time.Instant;

/** A row of history, by what decides whether it is still the last word of its provider about a key. */
public interface Heard {
    /** The key that was asked about: several share what is known of one subject. */
    String lookupKey();

    String provider();

    Outcome outcome();

    Instant fetchedAt();

    /** What was asked. */
    String operation();

    /** The answer that the ask superseded. All tries of one ask about a key have the same, in whichever run. */
    long epoch();

    /**
     * Whether this, which is no answer, still stands beside an answer of the same provider about the same subject. It does if it
     * came later and is not a try of the ask that was answered. Time alone doesn't tell: the clocks of machines differ, and a
     * run may be started again with the clock of one that died.
     */
    default boolean outlasts(Heard answer) {
        boolean sameAsk = lookupKey().equals(answer.lookupKey())
                && epoch() == answer.epoch()
                && operation().equals(answer.operation());
        return !sameAsk && fetchedAt().isAfter(answer.fetchedAt());
    }
}
