package io.tributary.jobs.run;

/** Another run is alive on the lake, or took it from this one. The message says which, and what to do. */
public final class LakeBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LakeBusyException(String message) {
        super(message);
    }
}
