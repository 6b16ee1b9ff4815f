package io.tributary.yaml;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as settings spell them. A day is 24 hours. */
public final class Durations {

    static final String PATTERN = "[0-9]{1,9}(ms|s|m|h|d)";
    private static final Pattern EXACT = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern LOOSE = Pattern.compile("([0-9]{1,9})\\s*([a-z]+)\\.?");

    private Durations() {}

    /** {@code 30d}, {@code 500ms}; empty for anything else. */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = EXACT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                });
    }

    /** The shortest exact spelling, in the largest unit that divides it; parts of a millisecond are dropped. */
    public static String spell(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0 || millis == 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /** What was probably meant. */
    static String remedy(String text) {
        Matcher matcher = LOOSE.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            String unit = unit(matcher.group(2));
            if (!unit.isEmpty()) {
                return matcher.group(1) + unit;
            }
        }
        if (text.matches("[0-9]{1,9}")) {
            return text + "s, " + text + "m, " + text + "h or " + text + "d";
        }
        return "a number and ms, s, m, h or d, such as 15m";
    }

    private static String unit(String word) {
        return switch (word) {
            case "ms", "msec", "millis", "millisecond", "milliseconds" -> "ms";
            case "s", "sec", "secs", "second", "seconds" -> "s";
            case "m", "min", "mins", "minute", "minutes" -> "m";
            case "h", "hr", "hrs", "hour", "hours" -> "h";
            case "d", "day", "days" -> "d";
            default -> "";
        };
    }
}
