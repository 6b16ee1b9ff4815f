package io.tributary.secret;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a secret is found: settings and plans hold this and never the secret itself, so it may be printed and shipped.
 *
 * @param name of the environment variable, path of the file, the command, or what a secret manager calls the secret, with
 *     {@code #} and the field if only that is meant
 */
public record SecretRef(Kind kind, String name) implements Serializable {
    private static final String EVERY_FORM = "env:NAME, file:PATH, exec:COMMAND, aws:NAME,"
            + " gcp:projects/P/secrets/S or vault:MOUNT/PATH#FIELD, never the secret itself";

    /** The places that a secret can come from. */
    public enum Kind {
        ENV("NAME", "[A-Za-z_][A-Za-z0-9_]*"),
        FILE("PATH", ".*\\S.*"),
        /** A command of a secret manager, run by the shell, that prints the secret. */
        EXEC("COMMAND", ".*\\S.*"),
        /** AWS Secrets Manager. */
        AWS(
                "NAME-or-ARN[#FIELD]",
                "(arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:)?[A-Za-z0-9/_+=.@-]+(#\\S+)?"),
        /** Google Secret Manager. */
        GCP(
                "projects/P/secrets/S[/versions/V][#FIELD]",
                "projects/[A-Za-z0-9.:-]+/secrets/[A-Za-z0-9_-]+(/versions/[A-Za-z0-9_-]+)?(#\\S+)?"),
        /** A key-value store, version 2, of HashiCorp Vault or OpenBao. */
        VAULT("MOUNT/PATH#FIELD", "[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9 ._@+=-]*)+#\\S+");

        private final String form;
        private final String grammar;
        private final Pattern pattern;

        Kind(String form, String grammar) {
            this.form = form;
            this.grammar = grammar;
            this.pattern = Pattern.compile(grammar, Pattern.DOTALL);
        }

        /** What stands before the colon. */
        public String scheme() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether a module of its own reads it, see {@link SecretStore}. */
        public boolean isStore() {
            return switch (this) {
                case ENV, FILE, EXEC -> false;
                case AWS, GCP, VAULT -> true;
            };
        }

        /** What a reference of this kind looks like, as a regular expression without groups that matter. */
        public String grammar() {
            return scheme() + ":" + grammar;
        }
    }

    public SecretRef {
        Objects.requireNonNull(kind, "kind");
        if (!kind.pattern.matcher(name).matches()) {
            throw unusable("write " + (kind.isStore() ? kind.scheme() + ":" + kind.form : EVERY_FORM));
        }
    }

    /**
     * Reads for instance {@code env:NAME}, {@code file:PATH}, {@code exec:COMMAND} or {@code aws:NAME#FIELD}.
     *
     * @throws IllegalArgumentException for anything else; the message says what to write and does not repeat the text, as it
     *     may be the secret
     */
    public static SecretRef parse(String text) {
        for (Kind kind : Kind.values()) {
            String prefix = kind.scheme() + ":";
            if (text.startsWith(prefix)) {
                return new SecretRef(kind, text.substring(prefix.length()));
            }
        }
        throw unusable("write " + EVERY_FORM);
    }

    private static IllegalArgumentException unusable(String remedy) {
        return new IllegalArgumentException("not the place of a secret; " + remedy);
    }

    /** What the secret manager calls it, without the field. */
    public String path() {
        int hash = kind.isStore() ? name.indexOf('#') : -1;
        return hash < 0 ? name : name.substring(0, hash);
    }

    /** The field that is meant of a secret that is a JSON object; empty if the whole secret is meant. */
    public Optional<String> field() {
        int hash = kind.isStore() ? name.indexOf('#') : -1;
        return hash < 0 ? Optional.empty() : Optional.of(name.substring(hash + 1));
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return kind.scheme() + ":" + name;
    }
}
