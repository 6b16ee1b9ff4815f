package io.tributary.settings;

import io.tributary.provider.Auth;
import io.tributary.secret.SecretRef;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One member of a provider's rotation set: a single key, or named parts such as {@code client-id} and
 * {@code client-secret}.
 *
 * @param parts name to place; a single key has the name {@link #KEY}
 */
public record Credential(Map<String, SecretRef> parts) implements Serializable {

    /** The name of the part of a credential that has only one. */
    public static final String KEY = Auth.KEY;

    public Credential {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a credential needs at least one part");
        }
    }
}
