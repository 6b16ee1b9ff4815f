package io.tributary.credential;

/** A provider can't be asked, because none of its keys can be used; the message says why, and holds no secret. */
public final class NoKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoKeyException(String message) {
        super(message);
    }
}
