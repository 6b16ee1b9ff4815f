package io.tributary.journal;

/** Whom a journal must forget. Thread-safe. */
public interface Forgotten {
    /** Whether that key, {@code kind:value}, is a key of one of them. */
    boolean isKey(String lookupKey);

    /** Whether that text names one of them. */
    boolean isNamedIn(String text);
}
