package io.tributary.secret;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of one provider, of which the first that is still accepted is in use. A refused key stays out for the ring's
 * lifetime. Thread-safe: however many calls report one key, the ring moves on by one.
 */
public final class KeyRing {
    private final List<Secret> keys;
    private final Set<SecretRef> refused = new LinkedHashSet<>();

    /**
     * Resolves all keys at once, so that a missing one is found before the first call.
     *
     * @throws SecretUnavailableException if one is not there
     * @throws IllegalArgumentException if there are no references
     */
    public KeyRing(List<SecretRef> refs, SecretSource source) {
        if (refs.isEmpty()) {
            throw new IllegalArgumentException("a key ring needs at least one key");
        }
        this.keys = refs.stream().distinct().map(source::resolve).toList();
    }

    /** The key to use; empty once the provider has refused them all. */
    public synchronized Optional<Secret> current() {
        return keys.stream().filter(key -> !refused.contains(key.ref())).findFirst();
    }

    /**
     * Takes a key out after the provider answered 401 or 403 to it.
     *
     * @return the key to try instead; empty when none is left
     * @throws IllegalArgumentException if the key is not of this ring
     */
    public synchronized Optional<Secret> refuse(Secret key) {
        if (keys.stream().noneMatch(own -> own.ref().equals(key.ref()))) {
            throw new IllegalArgumentException(key + " is no key of this ring");
        }
        refused.add(key.ref());
        return current();
    }

    /** The references of the refused keys, in the order of their refusal: for the summary of the run. */
    public synchronized List<SecretRef> refused() {
        return List.copyOf(refused);
    }

    /** The references only. */
    @Override
    public String toString() {
        return keys.toString();
    }
}
