package io.tributary.jobs.read;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One record of an extract as far as its format is concerned: readable, or not. */
sealed interface Scanned {
    /** The line of the file on which it starts, counted from 1. */
    long row();

    /**
     * A record whose columns are known. The text form shows the row only.
     *
     * @param values column to its text, trimmed; blank cells are left out; nested values are JSON
     */
    record Readable(long row, Map<String, String> values) implements Scanned {
        public Readable {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public String toString() {
            return "row " + row;
        }
    }

    /**
     * A record that can't be read.
     *
     * @param reason a stable code of {@link RejectRows}
     * @param detail what was expected and found, without values of the row
     */
    record Unreadable(long row, String reason, String detail) implements Scanned {}
}
