package io.tributary.provider;

import io.tributary.model.Identifiers.Input;
import io.tributary.model.Outcome;
import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.ScalarShape;
import io.tributary.yaml.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The words that several parts of a provider's file share. */
final class SpecWords {
    private static final String STEPS = "[^.\\[\\]]+(\\[\\])?(\\.[^.\\[\\]]+(\\[\\])?)*";
    static final ScalarShape PATH = Shape.matching(STEPS, "a path such as person.emails[].address");

    /** A path, or nothing for the whole. */
    static final ScalarShape PLACE =
            Shape.matching("(" + STEPS + ")?", "a path such as data.person, or '' for the whole");

    static final Shape WANTED = Shape.either(Shape.scalar(), Shape.list(Shape.scalar()));

    static final Shape BODY = Shape.entries(PLACE, WANTED);

    static final Shape ANY_OF = Shape.either(BODY, Shape.list(BODY));

    static final String URL_PATH = "/([A-Za-z0-9._~!&'()*+,;=:@/-]|%[0-9A-Fa-f]{2}|\\$\\{[a-z_]+\\})*";

    static final ObjectShape CONDITION = Shape.object("When it holds; all parts must.")
            .optional("status", Shape.either(status(), Shape.someOf(status())), "HTTP statuses, such as 404 or 5xx.")
            .optional(
                    "body",
                    BODY,
                    "Path of the body to a wanted value or several; text* for a beginning, * for any value, - for none, \"null\" for a written"
                            + " null, \"{}\" for an empty object.")
            .optional("header", Shape.entries(Shape.text()), "Header to a wanted value; * for any value, - for none.");

    static final ObjectShape RULE = Shape.object("What a response means under a condition.")
            .required("when", CONDITION, "The condition.")
            .required("is", Shape.oneOf(meanings()), "A verdict about the call, or an outcome for what it asked.")
            .required("reason", reason(), "A stable code for reports.")
            .optional(
                    "alone",
                    Shape.oneOf(refusals()),
                    "With split: what it means for an ask that stands alone; absent: it failed, and comes again.")
            .optional(
                    "names", PATH, "With field-refused: where the refusal names the field; any text of it if absent.");

    /** A text with placeholders, or several of which one counts. */
    static final Shape TEXTS = Shape.either(Shape.text(), Shape.someOf(Shape.text()));

    private SpecWords() {}

    static ScalarShape status() {
        return Shape.matching("[1-5](\\d\\d|xx)", "an HTTP status such as 404 or 5xx");
    }

    static Shape json() {
        return Shape.recursive("json", self -> Shape.either(Shape.scalar(), Shape.list(self), Shape.entries(self)));
    }

    static List<String> meanings() {
        List<String> words = new ArrayList<>();
        Arrays.stream(Verdict.values())
                .filter(verdict -> verdict != Verdict.ANSWERED)
                .map(SpecWords::kebab)
                .forEach(words::add);
        words.addAll(refusals());
        return words;
    }

    /** Outcomes that a rule may give: data comes from fields only. */
    static List<String> refusals() {
        return outcomes().stream()
                .filter(word -> !Outcome.valueOf(constant(word)).hasData())
                .toList();
    }

    static ScalarShape reason() {
        return Shape.matching("[a-z][a-z0-9_]*", "a code in snake case");
    }

    static List<String> outcomes() {
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome != Outcome.FAILED && outcome != Outcome.UNKNOWN)
                .map(SpecWords::kebab)
                .toList();
    }

    static List<String> inputs() {
        return Arrays.stream(Input.values()).map(Input::id).toList();
    }

    static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String constant(String kebab) {
        return kebab.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
