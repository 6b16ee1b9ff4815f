package io.tributary.secret;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;

/**
 * Where a secret is found: settings and plans hold this and never the secret itself, so it may be printed and shipped.
 *
 * @param name of the environment variable, path of the file, or the command
 */
public record SecretRef(Kind kind, String name) implements Serializable {
    /** The places that a secret can come from. */
    public enum Kind {
        ENV,
        FILE,
        /** A command of a secret manager, run by the shell, that prints the secret. */
        EXEC
    }

    public SecretRef {
        Objects.requireNonNull(kind, "kind");
        if (name.isBlank() || kind == Kind.ENV && !name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw unusable();
        }
    }

    /**
     * Reads {@code env:NAME}, {@code file:PATH} or {@code exec:COMMAND}.
     *
     * @throws IllegalArgumentException for anything else; the message does not repeat it, as it may be the secret
     */
    public static SecretRef parse(String text) {
        for (Kind kind : Kind.values()) {
            String prefix = prefix(kind);
            if (text.startsWith(prefix)) {
                return new SecretRef(kind, text.substring(prefix.length()));
            }
        }
        throw unusable();
    }

    private static IllegalArgumentException unusable() {
        return new IllegalArgumentException(
                "not the place of a secret; write env:NAME, file:PATH or exec:COMMAND, never the secret itself");
    }

    private static String prefix(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT) + ":";
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return prefix(kind) + name;
    }
}
