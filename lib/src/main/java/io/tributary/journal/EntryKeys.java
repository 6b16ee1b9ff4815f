package io.tributary.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Keys made from content alone, before the first attempt: the same ask has the same key on every machine and try. */
public final class EntryKeys {
    private EntryKeys() {}

    /**
     * The key of an ask.
     *
     * @param canonicalInput the inputs that are sent, in the operation's canonical text
     * @param epoch epoch seconds of the answer that the ask supersedes
     * @return 64 hex digits
     */
    public static String of(String provider, String operation, String canonicalInput, long epoch) {
        return hash(provider + '\n' + operation + '\n' + epoch + '\n' + canonicalInput);
    }

    /** SHA-256 of a text, 64 hex digits. */
    public static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
