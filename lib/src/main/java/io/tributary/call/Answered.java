package io.tributary.call;

import io.tributary.journal.Entry;
import io.tributary.journal.Replay;
import java.util.Optional;

/** What earlier attempts of this work already did. Thread-safe. */
public interface Answered {
    /** How an ask ended, if it did. */
    Optional<Entry> ended(String entryKey);

    /** Whether an ask may have been sent and its end is not known. */
    boolean isUnresolved(String entryKey);

    /** What a bucket's journal says. */
    static Answered by(Replay replay) {
        return new Answered() {
            @Override
            public Optional<Entry> ended(String entryKey) {
                return replay.ended(entryKey);
            }

            @Override
            public boolean isUnresolved(String entryKey) {
                return replay.isUnresolved(entryKey);
            }
        };
    }

    /** Work that nobody has begun. */
    static Answered nothing() {
        return by(Replay.nothing());
    }
}
