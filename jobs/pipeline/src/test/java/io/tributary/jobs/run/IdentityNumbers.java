package io.tributary.jobs.run;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds given identity numbers in any text. All have one of three shapes: nine digits, a social security number with or
 * without its dashes, a date. Nine digits count only where they stand alone, for clocks and hashes are full of digits.
 * Immutable.
 */
final class IdentityNumbers {
    private static final String DASHED = "(?<!\\d)(?:\\d{3}-\\d{2}-\\d{4}|\\d{4}-\\d{2}-\\d{2})(?!\\d)";
    private static final String PLAIN = "(?<![0-9A-Za-z])\\d{9}(?![0-9A-Za-z])";
    private static final Pattern SHAPES = Pattern.compile(DASHED + "|" + PLAIN);
    private static final Pattern SSN = Pattern.compile("(\\d{3})-(\\d{2})-(\\d{4})");

    private final Set<String> numbers;

    /** @throws IllegalArgumentException if one has none of the shapes, for then it could never be found */
    IdentityNumbers(Collection<String> numbers) {
        numbers.stream()
                .filter(number -> !SHAPES.matcher(number).matches())
                .findFirst()
                .ifPresent(odd -> {
                    throw new IllegalArgumentException("no shape of an identity number: " + odd);
                });
        this.numbers = numbers.stream().collect(Collectors.toSet());
        numbers.forEach(number -> this.numbers.add(SSN.matcher(number).replaceAll("$1$2$3")));
    }

    int size() {
        return numbers.size();
    }

    /** Those that the text holds, as it stands. */
    Set<String> in(CharSequence text) {
        return SHAPES.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(numbers::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those that the text of a request holds, as it stands or in a URL's encoding. */
    Set<String> inRequest(ProviderStub.Request request) {
        Set<String> found = in(request.text());
        found.addAll(in(URLDecoder.decode(request.query(), StandardCharsets.UTF_8)));
        return found;
    }
}
