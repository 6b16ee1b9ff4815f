package io.tributary.settings;

import java.io.Serializable;
import java.util.Objects;

/**
 * Where a secret is, never the secret itself.
 *
 * @param kind what {@code name} is
 * @param name an environment variable, or a file's path
 */
public record SecretReference(Kind kind, String name) implements Serializable {

    /** The two places that a secret may be in. */
    public enum Kind {
        ENV,
        FILE
    }

    public SecretReference {
        Objects.requireNonNull(kind, "kind");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a secret's place needs a name");
        }
    }

    /** Reads {@code env:NAME} or {@code file:PATH}. */
    static SecretReference of(String text, Places places, boolean fromCommandLine) {
        return text.startsWith("env:")
                ? new SecretReference(Kind.ENV, text.substring("env:".length()))
                : new SecretReference(Kind.FILE, places.resolve(text.substring("file:".length()), fromCommandLine));
    }
}
