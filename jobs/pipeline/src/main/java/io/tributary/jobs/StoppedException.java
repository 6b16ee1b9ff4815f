package io.tributary.jobs;

/** A run refuses to go on before anything was spent. The message says what was found, where, and what to do. */
public final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoppedException(String message) {
        super(message);
    }
}
