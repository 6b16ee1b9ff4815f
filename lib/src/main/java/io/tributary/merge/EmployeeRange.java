package io.tributary.merge;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ranges of employees in one spelling: {@code 51-200}, {@code 10001+}. */
final class EmployeeRange {
    private static final long[] BOUNDS = {10, 50, 200, 500, 1000, 5000, 10_000};
    private static final Pattern DASHES = Pattern.compile("\\s*(?:[\u2010-\u2015\u2212~]|\\bto\\b|\\bbis\\b)\\s*");
    private static final Pattern NOISE =
            Pattern.compile("employees|employee|people|staff|[\\s,_'\u2019]|\\.(?=\\d{3}(?:\\D|$))");
    private static final Pattern BETWEEN = Pattern.compile("(\\d{1,7}(?:\\.\\d)?)(k?)-(\\d{1,7}(?:\\.\\d)?)(k?)");
    private static final Pattern FROM = Pattern.compile("(\\d{1,7}(?:\\.\\d)?)(k?)\\+");

    private EmployeeRange() {}

    /** The range that a text names, from {@code 1,001 – 5,000 employees} or {@code 1K-5K}; empty for any other text. */
    static Optional<String> read(String text) {
        String plain = NOISE.matcher(
                        DASHES.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("-"))
                .replaceAll("");
        Matcher between = BETWEEN.matcher(plain);
        if (between.matches()) {
            long least = number(between.group(1), between.group(2));
            long most = number(between.group(3), between.group(4));
            return least <= most ? Optional.of(least + "-" + most) : Optional.empty();
        }
        Matcher from = FROM.matcher(plain);
        return from.matches() ? Optional.of(number(from.group(1), from.group(2)) + "+") : Optional.empty();
    }

    private static long number(String digits, String thousands) {
        return Math.round(Double.parseDouble(digits) * (thousands.isEmpty() ? 1 : 1000));
    }

    /** The usual range that a count lies in; empty for counts below one. */
    static Optional<String> holding(long count) {
        if (count < 1) {
            return Optional.empty();
        }
        long least = 1;
        for (long most : BOUNDS) {
            if (count <= most) {
                return Optional.of(least + "-" + most);
            }
            least = most + 1;
        }
        return Optional.of(least + "+");
    }
}
