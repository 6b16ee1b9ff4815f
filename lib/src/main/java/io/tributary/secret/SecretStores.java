package io.tributary.secret;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The secret managers whose modules are on the class path, looked for when a reference wants one. Thread-safe. */
public final class SecretStores {
    private final ClassLoader path;
    private final Map<SecretRef.Kind, SecretStore> found = new EnumMap<>(SecretRef.Kind.class);

    /** Modules are looked for where this class was found: there spark-submit puts {@code --jars} too. */
    public SecretStores() {
        this(SecretStores.class.getClassLoader());
    }

    SecretStores(ClassLoader path) {
        this.path = path;
    }

    /** What keeps the reference from being read; empty if it needs no module, or the module is there. */
    public Optional<String> obstacle(SecretRef ref) {
        try {
            if (ref.kind().isStore()) {
                of(ref);
            }
            return Optional.empty();
        } catch (SecretUnavailableException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** @throws SecretUnavailableException if its module is missing or can't be loaded */
    synchronized SecretStore of(SecretRef ref) {
        return found.computeIfAbsent(ref.kind(), kind -> load(ref));
    }

    private SecretStore load(SecretRef ref) {
        String jar = "tributary-secrets-" + ref.kind().scheme() + ".jar";
        try {
            for (SecretStore store : ServiceLoader.load(SecretStore.class, path)) {
                if (store.kind() == ref.kind()) {
                    return store;
                }
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new SecretUnavailableException(
                    ref,
                    "a module of secrets can't be loaded (" + e.getClass().getSimpleName() + "); take " + jar
                            + " of the same version as the job");
        }
        throw new SecretUnavailableException(
                ref,
                "it needs " + jar + ", which is not on the class path; add it with spark-submit --jars " + jar
                        + ", or for ./tributary with TRIBUTARY_CLASSPATH=" + jar);
    }
}
