package io.tributary.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Masks secrets in texts that will be kept or shown: known values wherever they stand, and whatever stands where secrets
 * usually do. A last net under types that do not print themselves, not a reason to print. Immutable and thread-safe.
 */
public final class Redaction {
    static final String MASK = "***";

    private static final String NAMES =
            "api[_-]?key|access[_-]?token|refresh[_-]?token|id[_-]?token|client[_-]?secret|password|passwd";

    /** Each keeps its first group and masks the rest of what it matches. */
    private static final List<Pattern> PLACES = List.of(
            // Headers, to the end of the line or of the quoted text.
            Pattern.compile("(?i)\\b((?:proxy-)?authorization[\"']?\\s*[:=]\\s*[\"']?)[^\\r\\n\"']+"),
            Pattern.compile(
                    "(?i)\\b((?:x-(?:api-key|auth-token)|(?:set-)?cookie)[\"']?\\s*[:=]\\s*[\"']?)[^\\r\\n\"']+"),
            Pattern.compile("(?i)\\b((?:bearer|basic)\\s+)[a-z0-9._~+/=-]{16,}"),
            // Query parameters and forms; the short names are too common outside of a query.
            Pattern.compile("(?i)([?&](?:key|token|secret|sig|signature)=)[^&#\\s\"'<>]+"),
            Pattern.compile("(?i)(?<![a-z0-9])((?:" + NAMES + ")=)[^&#\\s\"'<>]+"),
            Pattern.compile("(?i)(\"(?:" + NAMES + ")\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)++"),
            Pattern.compile("(://)[^/@\\s\"'<>]+(?=@)"));

    private final List<String> known;

    /** @param secrets whose values are masked as they are, and as URLs and Basic authentication encode them */
    public Redaction(Collection<Secret> secrets) {
        this.known = secrets.stream()
                .map(Secret::reveal)
                .flatMap(Redaction::forms)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static Stream<String> forms(String value) {
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
        return Stream.of(
                value, encoded, encoded.replace("+", "%20"), base64(value), base64(value + ":"), base64(":" + value));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The text with every secret in it masked. */
    public String redact(String text) {
        String masked = text;
        for (String value : known) {
            masked = masked.replace(value, MASK);
        }
        for (Pattern place : PLACES) {
            masked = place.matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(MASK));
        }
        return masked;
    }

    /** How many forms are known; never the values. */
    @Override
    public String toString() {
        return "redaction of " + known.size() + " forms";
    }
}
