package io.tributary.identity;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Host names in the one spelling that DNS uses: ASCII, lower case, without the root's dot. International names are
 * encoded as IDNA 2008 does, so {@code faß.de} stays another host than {@code fass.de}.
 */
final class HostName {
    private static final int LONGEST = 253;
    private static final int LONGEST_LABEL = 63;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern SCHEME = Pattern.compile("(?i)(?:https?|ftp)\\s?[:;]/{0,3}|//");

    private HostName() {}

    /** The host in ASCII; empty if it is none, or an address such as {@code 10.0.0.1}. */
    static Optional<String> ascii(String text) {
        if (text.isEmpty() || text.length() > LONGEST * 4) {
            return Optional.empty();
        }
        String folded = lowerCase(text).replace('\u3002', '.');
        String bare = folded.endsWith(".") ? folded.substring(0, folded.length() - 1) : folded;
        StringBuilder host = new StringBuilder();
        String last = "";
        for (String label : bare.split("\\.", -1)) {
            Optional<String> ascii = asciiLabel(label);
            if (ascii.isEmpty()) {
                return Optional.empty();
            }
            last = ascii.get();
            host.append(host.length() == 0 ? "" : ".").append(last);
        }
        boolean fits = host.length() <= LONGEST && !DIGITS.matcher(last).matches();
        return fits ? Optional.of(host.toString()) : Optional.empty();
    }

    /** The host of a URL, of a bare host with or without path and port, or of an e-mail address; it has at least one dot. */
    static Optional<String> ofUrl(String text) {
        String authority = authority(text);
        int at = authority.lastIndexOf('@');
        int colon = authority.indexOf(':', at + 1);
        String host = authority.substring(at + 1, colon < 0 ? authority.length() : colon);
        return ascii(host).filter(name -> name.indexOf('.') > 0);
    }

    /** What stands between scheme and path. */
    private static String authority(String text) {
        String rest = text.strip();
        for (var scheme = SCHEME.matcher(rest); scheme.lookingAt(); scheme = SCHEME.matcher(rest)) {
            rest = rest.substring(scheme.end()).strip();
        }
        int end = 0;
        while (end < rest.length() && "/?#\\,;| ".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return rest.substring(0, end);
    }

    /** Whether every label may be registered: letters, digits and hyphens only. */
    static boolean isRegistrable(String host) {
        return host.indexOf('_') < 0;
    }

    /** The host without its first label; empty if it has only one. */
    static String parent(String host) {
        int dot = host.indexOf('.');
        return dot < 0 ? "" : host.substring(dot + 1);
    }

    static String lastLabel(String host) {
        return host.substring(host.lastIndexOf('.') + 1);
    }

    private static Optional<String> asciiLabel(String label) {
        if (label.isEmpty() || label.length() > LONGEST_LABEL) {
            return Optional.empty();
        }
        boolean basic = label.chars().allMatch(c -> c < 0x80);
        boolean readable = basic || label.codePoints().allMatch(HostName::isLabelPart);
        if (!readable) {
            return Optional.empty();
        }
        String ascii = basic ? label : "xn--" + Punycode.encode(label);
        boolean valid = ascii.length() <= LONGEST_LABEL && LABEL.matcher(ascii).matches();
        return valid ? Optional.of(ascii) : Optional.empty();
    }

    private static boolean isLabelPart(int point) {
        int type = Character.getType(point);
        return Character.isLetterOrDigit(point)
                || point == '-'
                || point == '\u00b7'
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static String lowerCase(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKC)
                .codePoints()
                .forEach(point -> lower.appendCodePoint(Character.toLowerCase(point)));
        return Normalizer.normalize(lower, Normalizer.Form.NFKC);
    }
}
