package io.tributary.secret;

import java.util.Objects;

/**
 * A secret in use. It prints as its reference and is deliberately not serialisable: it can neither be shipped with a task
 * nor written by accident; executors resolve the reference themselves. Immutable.
 */
public final class Secret {
    private final SecretRef ref;
    private final String value;

    /** @throws IllegalArgumentException if the value is blank */
    public Secret(SecretRef ref, String value) {
        this.ref = Objects.requireNonNull(ref, "ref");
        if (value.isBlank()) {
            throw new IllegalArgumentException("the secret at " + ref + " is empty");
        }
        this.value = value;
    }

    public SecretRef ref() {
        return ref;
    }

    /** The secret itself: hand it to the request that needs it and to nothing else. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return ref.toString();
    }
}
