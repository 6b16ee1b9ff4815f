package io.tributary.model;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A normalised identifier of one person or company. Two records with equal keys are the same subject and are paid for
 * once. The value may name a person, so {@link #toString()} shows the kind and the hash only.
 *
 * @param kind what sort of identifier it is
 * @param value the normalised identifier; never blank
 */
public record LookupKey(KeyKind kind, String value) implements Serializable {
    public LookupKey {
        Objects.requireNonNull(kind, "kind");
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("a lookup key needs a value");
        }
    }

    /** The key as it stands in tables: {@code kind:value}, for instance {@code email:ada@acme.com}. */
    public String text() {
        return kind.id() + ":" + value;
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws IllegalArgumentException if the text is not {@code kind:value} with a known kind
     */
    public static LookupKey parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not a lookup key");
        }
        return new LookupKey(KeyKind.of(text.substring(0, colon)), text.substring(colon + 1));
    }

    /** SHA-256 of {@link #text()} in lower-case hex, 64 characters. */
    public String hash() {
        return HexFormat.of().formatHex(sha256(text()));
    }

    /** The bucket in [0, {@code buckets}) that this key's work, journal and history live in; stable for ever. */
    public int bucket(int buckets) {
        byte[] digest = sha256(text());
        int head = (digest[0] & 0xff) << 24 | (digest[1] & 0xff) << 16 | (digest[2] & 0xff) << 8 | digest[3] & 0xff;
        return Integer.remainderUnsigned(head, buckets);
    }

    @Override
    public String toString() {
        return kind.id() + "#" + hash().substring(0, 12);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
