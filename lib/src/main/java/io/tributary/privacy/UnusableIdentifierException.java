package io.tributary.privacy;

/** What was given names nobody. The message says why, and never repeats what was given. */
public final class UnusableIdentifierException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableIdentifierException(String message) {
        super(message);
    }
}
