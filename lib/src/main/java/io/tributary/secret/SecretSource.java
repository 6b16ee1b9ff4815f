package io.tributary.secret;

/** Finds secrets by reference. Thread-safe. */
@FunctionalInterface
public interface SecretSource {
    /**
     * The secret at that place, read anew at each call.
     *
     * @throws SecretUnavailableException if there is none
     */
    Secret resolve(SecretRef ref);

    /**
     * Puts another secret in a place, for keys that change with each use.
     *
     * @throws SecretUnavailableException if that place can't be written
     */
    default void replace(SecretRef ref, String value) {
        throw new SecretUnavailableException(ref, "it can't be written here; use file:PATH");
    }
}
