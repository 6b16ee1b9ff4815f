package io.tributary.jobs.store;

import java.io.IOException;
import java.time.Instant;
import java.util.OptionalLong;

/** Numbered entries that are written once and never changed. Thread-safe. */
public interface Entries {
    /** The greatest number; empty when nothing was ever written. */
    OptionalLong last() throws IOException;

    String read(long number) throws IOException;

    /** When an entry was written, by the store's clock. */
    Instant writtenAt(long number) throws IOException;

    /**
     * Writes an entry as a whole, unless that number is taken: of several who try at once exactly one succeeds.
     *
     * @return whether this call wrote it
     */
    boolean write(long number, String text) throws IOException;

    /** Removes what stands below that number. */
    void prune(long below) throws IOException;
}
