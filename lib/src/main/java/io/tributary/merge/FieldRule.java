package io.tributary.merge;

import io.tributary.yaml.Nearest;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What is done with one field: when a value may be taken, from which answer, and how sure it must be. Settings write it
 * {@code [action] [choice] [agreed] [above confidence]}, for instance {@code fill-empty freshest above 0.8}.
 *
 * @param agreed whether two providers, both sure enough, must say so; see {@link Agreement}
 * @param above answers must be surer than this; {@link #ANY} takes all
 */
record FieldRule(Action action, Choice choice, boolean agreed, double above) implements Serializable {
    static final double ANY = -1;
    private static final String ABOVE = "above";
    private static final String AGREED = "agreed";

    enum Action {
        /** Take a value where no person typed one. */
        FILL_EMPTY,
        /** Take a value wherever an answer has one. */
        OVERWRITE,
        /** Add to the CRM's list what the answer's list has more. */
        UNITE,
        /** Leave the field as the CRM has it. */
        NEVER
    }

    /** What makes one answer better than another; each falls back on the others. */
    enum Choice {
        PROVIDER_ORDER,
        FRESHEST,
        /** What holds unsaid: the one order in which a further answer can never make a value less sure. */
        MOST_CONFIDENT
    }

    static FieldRule of(Action action) {
        return new FieldRule(action, Choice.MOST_CONFIDENT, false, ANY);
    }

    FieldRule withFloor(double floor) {
        return new FieldRule(action, choice, agreed, floor);
    }

    boolean accepts(Candidate candidate) {
        return action != Action.NEVER && candidate.confidence() > above;
    }

    /** The rule as settings write it; what is the default is left out. */
    String text() {
        return word(action)
                + (choice == Choice.MOST_CONFIDENT ? "" : " " + word(choice))
                + (agreed ? " " + AGREED : "")
                + (above == ANY ? "" : " " + ABOVE + " " + above);
    }

    /** Whether the rule of that text only ever replaced values that we had supplied. */
    static boolean onlyFilled(String text) {
        return text.startsWith(word(Action.FILL_EMPTY));
    }

    /** Whether the rule of that text mixed the CRM's own items with ours. */
    static boolean mixed(String text) {
        return text.startsWith(word(Action.UNITE));
    }

    /** Reads a rule; tells every fault and then reads on as if it were not there. */
    static FieldRule parse(String text, Consumer<String> faults) {
        Deque<String> words = new ArrayDeque<>(Arrays.asList(text.strip().split("\\s+")));
        FieldRule rule = of(Action.FILL_EMPTY);
        if (text.isBlank()) {
            faults.accept("the rule is empty; write for instance fill-empty above 0.8");
            return rule;
        }
        boolean acted = false;
        boolean chosen = false;
        while (!words.isEmpty()) {
            String word = words.pop().toLowerCase(Locale.ROOT);
            String name = word.equals("never-overwrite") ? word(Action.NEVER) : word;
            var action = Arrays.stream(Action.values())
                    .filter(a -> word(a).equals(name))
                    .findFirst();
            var choice = Arrays.stream(Choice.values())
                    .filter(c -> word(c).equals(name))
                    .findFirst();
            if (action.isPresent() && !acted) {
                acted = true;
                rule = new FieldRule(action.get(), rule.choice, rule.agreed, rule.above);
            } else if (choice.isPresent() && !chosen) {
                chosen = true;
                rule = new FieldRule(rule.action, choice.get(), rule.agreed, rule.above);
            } else if (name.equals(AGREED) && !rule.agreed) {
                rule = new FieldRule(rule.action, rule.choice, true, rule.above);
            } else if (name.equals(ABOVE) && rule.above == ANY) {
                rule = rule.withFloor(floor(words.poll(), faults));
            } else if (action.isPresent() || choice.isPresent() || name.equals(AGREED) || name.equals(ABOVE)) {
                faults.accept("'" + word + "' says a second time what the rule does; keep one");
            } else {
                faults.accept("'" + word + "' is no merge rule" + Nearest.remedy(name, words()));
            }
        }
        if (rule.action == Action.NEVER && (chosen || rule.agreed || rule.above != ANY)) {
            faults.accept("'never' takes nothing, so it stands alone");
        }
        return rule;
    }

    private static double floor(String number, Consumer<String> faults) {
        try {
            double floor = number == null ? Double.NaN : Double.parseDouble(number);
            if (floor >= 0 && floor < 1) {
                return floor;
            }
        } catch (NumberFormatException e) {
            // told below, with the other unusable numbers
        }
        faults.accept("'above' takes a confidence from 0 up to but not including 1, such as above 0.8, not "
                + (number == null ? "nothing" : "'" + number + "'"));
        return ANY;
    }

    private static List<String> words() {
        return Stream.concat(
                        Stream.concat(Arrays.stream(Action.values()), Arrays.stream(Choice.values()))
                                .map(FieldRule::word),
                        Stream.of(AGREED, ABOVE))
                .toList();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
