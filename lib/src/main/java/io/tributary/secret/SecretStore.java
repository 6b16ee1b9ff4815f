package io.tributary.secret;

/**
 * A secret manager. Each is a module of its own, {@code tributary-secrets-SCHEME.jar}, which names its implementation in
 * {@code META-INF/services} and is loaded when the first reference of its kind is looked at.
 *
 * <p>Thread-safe. The constructor without parameters does nothing that can fail or takes time: clients are made at the first
 * read. Nothing that was read is kept.
 */
public interface SecretStore {
    /** The one kind of references that it reads. */
    SecretRef.Kind kind();

    /**
     * What is kept at that place now, whole: UTF-8 text, which is a JSON object if it has fields. It may block; after
     * {@link StoredSecrets#PATIENCE} its thread is interrupted and nobody waits for it any longer.
     *
     * @param ref of this kind
     * @throws SecretUnavailableException saying what happened and what to do, and nothing that the other side sent
     */
    byte[] read(SecretRef ref);
}
