package io.tributary.sandbox.dialect;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** Tokens that say whose they are and when they end, so that nothing has to be remembered. */
final class Tokens {
    private Tokens() {}

    /** @param end to the second */
    static String issue(String whose, Instant end) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whose.getBytes(StandardCharsets.UTF_8)) + "."
                + end.getEpochSecond();
    }

    /** Whose token this is; what is none stands for itself and is nobody's. */
    static String whose(String token) {
        int dot = token.lastIndexOf('.');
        try {
            return dot < 0
                    ? token
                    : new String(Base64.getUrlDecoder().decode(token.substring(0, dot)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return token;
        }
    }

    static boolean isOver(String token, Instant now) {
        String end = token.substring(token.lastIndexOf('.') + 1);
        return !end.matches("\\d{1,12}") || now.getEpochSecond() >= Long.parseLong(end);
    }
}
