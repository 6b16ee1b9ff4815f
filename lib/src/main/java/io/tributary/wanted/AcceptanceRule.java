package io.tributary.wanted;

import io.tributary.identity.LineType;
import io.tributary.yaml.Durations;
import io.tributary.yaml.Nearest;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a value must be so that nobody else is asked for one. Settings write it {@code any}, or some of {@code above
 * CONFIDENCE}, {@code max-age DURATION} and {@code type LINE} in any order, for instance {@code above 0.8 max-age 180d}.
 *
 * @param above the answer must be surer than this; {@link #ANY_CONFIDENCE} takes all
 * @param maxAge how long a value counts; null where it counts as long as its provider's answers do
 * @param line what a telephone number must not be known not to be; null where it may be anything
 */
record AcceptanceRule(double above, Duration maxAge, LineType line) implements Serializable {
    static final double ANY_CONFIDENCE = -1;
    static final AcceptanceRule ANY = new AcceptanceRule(ANY_CONFIDENCE, null, null);

    private static final String ANY_WORD = "any";
    private static final String ABOVE = "above";
    private static final String MAX_AGE = "max-age";
    private static final String TYPE = "type";
    private static final List<String> WORDS = List.of(ABOVE, ANY_WORD, MAX_AGE, TYPE);
    private static final List<LineType> LINES = List.of(LineType.MOBILE, LineType.LANDLINE);

    /**
     * Whether a value will do, whatever its age.
     *
     * @param confidence of its answer; NaN (none was stated) counts as 0
     */
    boolean accepts(Object value, double confidence) {
        return (Double.isNaN(confidence) ? 0 : confidence) > above
                && (line == null
                        || LineType.of(String.valueOf(value)).map(line::equals).orElse(true));
    }

    /** Whether a value of that time is too old to count; false where the rule has no word on age. */
    boolean isTooOld(Instant fetchedAt, Instant asOf) {
        return maxAge != null && !asOf.isBefore(fetchedAt.plus(maxAge));
    }

    /** The rule as settings write it. */
    String text() {
        String text = (above == ANY_CONFIDENCE ? "" : " " + ABOVE + " " + above)
                + (maxAge == null ? "" : " " + MAX_AGE + " " + Durations.spell(maxAge))
                + (line == null ? "" : " " + TYPE + " " + word(line));
        return text.isEmpty() ? ANY_WORD : text.strip();
    }

    /** Reads a rule; tells every fault and then reads on as if it were not there. */
    static AcceptanceRule parse(String text, Consumer<String> faults) {
        if (text.isBlank()) {
            faults.accept("the rule is empty; write any, or for instance above 0.8 max-age 180d");
            return ANY;
        }
        Deque<String> words = new ArrayDeque<>(Arrays.asList(text.strip().split("\\s+")));
        Set<String> said = new HashSet<>();
        AcceptanceRule rule = ANY;
        while (!words.isEmpty()) {
            String written = words.pop();
            String word = written.toLowerCase(Locale.ROOT);
            if (!WORDS.contains(word)) {
                faults.accept("'" + written + "' is no word of an acceptance rule" + Nearest.remedy(word, WORDS));
                continue;
            }
            if (!said.add(word)) {
                faults.accept("'" + word + "' stands here twice; keep one");
            }
            rule = switch (word) {
                case ABOVE -> new AcceptanceRule(confidence(words.poll(), faults), rule.maxAge, rule.line);
                case MAX_AGE -> new AcceptanceRule(rule.above, age(words.poll(), faults), rule.line);
                case TYPE -> new AcceptanceRule(rule.above, rule.maxAge, line(words.poll(), faults));
                default -> rule;
            };
        }
        if (said.contains(ANY_WORD) && said.size() > 1) {
            faults.accept("'any' takes every value, so it stands alone");
        }
        return rule;
    }

    private static double confidence(String number, Consumer<String> faults) {
        try {
            double bound = number == null ? Double.NaN : Double.parseDouble(number);
            if (bound >= 0 && bound < 1) {
                return bound;
            }
        } catch (NumberFormatException e) {
            // told below, with the other unusable numbers
        }
        faults.accept(
                "'above' takes a confidence from 0 up to but not including 1, such as above 0.8, not " + shown(number));
        return ANY_CONFIDENCE;
    }

    private static Duration age(String text, Consumer<String> faults) {
        Optional<Duration> age = Optional.ofNullable(text).flatMap(Durations::parse);
        if (age.isEmpty()) {
            faults.accept("'max-age' takes a duration, such as max-age 180d, not " + shown(text));
        }
        return age.orElse(null);
    }

    private static LineType line(String text, Consumer<String> faults) {
        Optional<LineType> line =
                LINES.stream().filter(one -> word(one).equalsIgnoreCase(text)).findFirst();
        if (line.isEmpty()) {
            faults.accept("'type' takes mobile or landline, not " + shown(text));
        }
        return line.orElse(null);
    }

    private static String shown(String word) {
        return word == null ? "nothing" : "'" + word + "'";
    }

    private static String word(LineType line) {
        return line.name().toLowerCase(Locale.ROOT);
    }
}
