package io.tributary.secret;

/** A secret is not where its reference says. The message names the reference and what to do; it is safe to print. */
public final class SecretUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SecretUnavailableException(SecretRef ref, String whatToDo) {
        super("no secret at " + ref + ": " + whatToDo);
    }
}
