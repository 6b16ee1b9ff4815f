package io.tributary.identity;

import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A LinkedIn address, read without resolving it.
 *
 * @param kind what it leads to
 * @param slug the name in the address, percent-decoded, in NFC and lower case; empty for {@link Kind#OTHER} and
 *     {@link Kind#INVALID}
 */
record LinkedInPage(Kind kind, String slug) {
    /** What a LinkedIn address can lead to. */
    enum Kind {
        PERSON,
        /** The public address of before 2012, {@code /pub/name/1/2/3}: it cannot be equated with the newer one. */
        PERSON_LEGACY,
        COMPANY,
        /** A university's company page. */
        SCHOOL,
        /** The company page of a brand. */
        SHOWCASE,
        /** A page at LinkedIn that names nobody in public: feeds, posts, Sales Navigator and member ids. */
        OTHER,
        /** Not LinkedIn. */
        INVALID
    }

    private static final Pattern LEGACY_NUMBER = Pattern.compile("[0-9a-f]{1,5}");
    private static final Pattern MEMBER_ID = Pattern.compile("A[A-Z][A-Za-z]AA[A-Za-z0-9_-]{6,}");
    private static final Pattern HANDLE =
            Pattern.compile("(?i)/?(?:in|pub|company|school|showcase)/[^/].*", Pattern.DOTALL);
    private static final int LONGEST_SLUG = 200;

    private static final LinkedInPage OTHER = new LinkedInPage(Kind.OTHER, "");
    private static final LinkedInPage INVALID = new LinkedInPage(Kind.INVALID, "");

    /** Reads an address or a handle such as {@code in/slug}. */
    static LinkedInPage read(String text) {
        String address = text.strip();
        if (HANDLE.matcher(address).matches()) {
            return ofSegments(segments(address));
        }
        boolean linkedIn = HostName.ofUrl(address)
                .filter(host -> host.equals("linkedin.com") || host.endsWith(".linkedin.com"))
                .isPresent();
        if (!linkedIn) {
            return INVALID;
        }
        int scheme = address.indexOf("//");
        int path = address.indexOf('/', scheme < 0 ? 0 : scheme + 2);
        return path < 0 ? INVALID : ofSegments(segments(address.substring(path)));
    }

    /** The key of the person or company, if the page belongs to one. */
    Optional<LookupKey> key() {
        return switch (kind) {
            case PERSON, PERSON_LEGACY -> Optional.of(new LookupKey(KeyKind.LINKEDIN_PERSON, slug));
            case COMPANY, SCHOOL, SHOWCASE -> Optional.of(new LookupKey(KeyKind.LINKEDIN_COMPANY, slug));
            case OTHER, INVALID -> Optional.empty();
        };
    }

    /** The address to send: {@code linkedin.com/in/slug} or its like, percent-encoded; empty if there is no key. */
    String address() {
        return switch (kind) {
            case PERSON -> "linkedin.com/in/" + encoded();
            case PERSON_LEGACY -> "linkedin.com/pub/" + encoded();
            case COMPANY -> "linkedin.com/company/" + encoded();
            case SCHOOL -> "linkedin.com/school/" + encoded();
            case SHOWCASE -> "linkedin.com/showcase/" + encoded();
            case OTHER, INVALID -> "";
        };
    }

    private String encoded() {
        return URLEncoder.encode(slug, StandardCharsets.UTF_8).replace("%2F", "/");
    }

    private static List<String> segments(String path) {
        int end = 0;
        while (end < path.length() && "?# ".indexOf(path.charAt(end)) < 0) {
            end++;
        }
        List<String> segments = new ArrayList<>();
        for (String segment : path.substring(0, end).split("/")) {
            if (!segment.isEmpty()) {
                segments.add(segment);
            }
        }
        boolean mobile = !segments.isEmpty() && segments.get(0).matches("(?i)mwlite|m");
        return mobile ? segments.subList(1, segments.size()) : segments;
    }

    private static LinkedInPage ofSegments(List<String> segments) {
        if (segments.isEmpty()) {
            return INVALID;
        }
        return switch (segments.get(0).toLowerCase(Locale.ROOT)) {
            case "in" -> named(Kind.PERSON, segments);
            case "pub" -> legacy(segments);
            case "company", "company-beta" -> named(Kind.COMPANY, segments);
            case "school", "edu" -> named(Kind.SCHOOL, segments);
            case "showcase" -> named(Kind.SHOWCASE, segments);
            default -> OTHER;
        };
    }

    private static LinkedInPage named(Kind kind, List<String> segments) {
        if (segments.size() < 2) {
            return INVALID;
        }
        if (kind == Kind.PERSON && MEMBER_ID.matcher(segments.get(1)).matches()) {
            return OTHER;
        }
        return decoded(segments.get(1))
                .map(slug -> new LinkedInPage(kind, slug))
                .orElse(INVALID);
    }

    private static LinkedInPage legacy(List<String> segments) {
        if (segments.size() < 5) {
            return segments.size() < 2 ? INVALID : OTHER;
        }
        List<String> numbers = segments.subList(2, 5).stream()
                .map(number -> number.toLowerCase(Locale.ROOT))
                .toList();
        boolean numbered = numbers.stream()
                .allMatch(number -> LEGACY_NUMBER.matcher(number).matches());
        Optional<String> name = decoded(segments.get(1)).filter(slug -> numbered);
        return name.map(slug -> new LinkedInPage(Kind.PERSON_LEGACY, slug + "/" + String.join("/", numbers)))
                .orElse(OTHER);
    }

    private static Optional<String> decoded(String segment) {
        try {
            String text = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
            StringBuilder lower = new StringBuilder(text.length());
            text.codePoints().forEach(point -> lower.appendCodePoint(Character.toLowerCase(point)));
            String slug = Normalizer.normalize(lower, Normalizer.Form.NFC);
            boolean plain = !slug.isEmpty()
                    && slug.length() <= LONGEST_SLUG
                    && slug.codePoints().allMatch(LinkedInPage::isSlugPart)
                    && slug.codePoints().anyMatch(Character::isLetterOrDigit);
            return plain ? Optional.of(slug) : Optional.empty();
        } catch (IllegalArgumentException notEncoded) {
            return Optional.empty();
        }
    }

    private static boolean isSlugPart(int point) {
        int type = Character.getType(point);
        return Character.isLetterOrDigit(point)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || "-_.~&'\u2019+!()".indexOf(point) >= 0;
    }

    @Override
    public String toString() {
        return "LinkedIn " + kind;
    }
}
