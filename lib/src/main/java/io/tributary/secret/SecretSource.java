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
}
