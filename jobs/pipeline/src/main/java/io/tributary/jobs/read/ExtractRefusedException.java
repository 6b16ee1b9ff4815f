package io.tributary.jobs.read;

import java.util.List;

/**
 * Tonight's extracts may not be used; nothing was spent and nothing written. Each message says what was found, where, and
 * what to do; none holds a value of a row.
 */
public final class ExtractRefusedException extends RuntimeException {
    private final List<String> messages;

    ExtractRefusedException(List<String> messages) {
        super(String.join(System.lineSeparator(), messages));
        this.messages = List.copyOf(messages);
    }

    /** All faults of all sources. */
    public List<String> messages() {
        return messages;
    }
}
