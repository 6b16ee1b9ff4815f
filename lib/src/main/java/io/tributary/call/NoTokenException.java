package io.tributary.call;

/** A key got no token, so its provider can't be asked; the message names the provider and the cause, and no secret. */
public final class NoTokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoTokenException(String message) {
        super(message);
    }
}
