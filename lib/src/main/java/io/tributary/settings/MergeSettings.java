package io.tributary.settings;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which provider values reach the golden tables.
 *
 * @param policy the rule of every field that has none of its own
 * @param rules fields with a rule of their own
 */
public record MergeSettings(Policy policy, Map<Field, Rule> rules) implements Serializable {

    /** The rules that ship. */
    public enum Policy {
        /** Fill what is empty, never replace what a person typed; a title needs confidence above 0.8. */
        DEFAULT,
        /** Take an answer's value whenever it is there; a title needs confidence above 0.8. */
        GUIDE
    }

    /** What may happen to a field. */
    public enum Action {
        /** The field is left as the CRM has it. */
        KEEP,
        /** Only a field without a value of the CRM is filled. */
        FILL_EMPTY,
        /** The provider's value replaces the CRM's. */
        REPLACE
    }

    /**
     * The rule of one field.
     *
     * @param above the confidence, from 0 to 1, that a value must exceed; empty if any will do
     */
    public record Rule(Action action, Optional<Double> above) implements Serializable {

        private static final Pattern TEXT = Pattern.compile("(keep|fill-empty|replace)( above (0(?:\\.[0-9]+)?))?");

        public Rule {
            Objects.requireNonNull(action, "action");
            above.ifPresent(bound -> {
                if (!(bound >= 0 && bound < 1)) {
                    throw new IllegalArgumentException("a confidence to exceed lies between 0 and 1");
                }
            });
        }

        static Rule of(String text) {
            Matcher matcher = TEXT.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("not a merge rule: " + text);
            }
            return new Rule(
                    Action.valueOf(SourceSettings.constant(matcher.group(1))),
                    Optional.ofNullable(matcher.group(3)).map(Double::valueOf));
        }
    }

    static final ObjectShape SHAPE = Shape.object("Which provider values reach the golden tables.")
            .withDefault(
                    "policy",
                    Shape.oneOf(Policy.class),
                    "default",
                    "default fills what is empty and never replaces what a person typed; guide takes an answer's value"
                            + " whenever it is there. In both, a title needs confidence above 0.8.")
            .withDefault("person", rules(EntityKind.PERSON), "{}", "Fields of persons with a rule of their own.")
            .withDefault("company", rules(EntityKind.COMPANY), "{}", "Fields of companies with a rule of their own.");

    private static Shape rules(EntityKind entity) {
        List<String> paths = Field.of(entity).stream().map(Field::path).toList();
        return Shape.entries(
                Shape.oneOf(paths),
                Shape.matching(
                        Rule.TEXT.pattern(),
                        "a merge rule; write keep, fill-empty or replace, and perhaps a bound: fill-empty above 0.8"));
    }

    public MergeSettings {
        Objects.requireNonNull(policy, "policy");
        Map<Field, Rule> copy = new EnumMap<>(Field.class);
        copy.putAll(rules);
        rules = Collections.unmodifiableMap(copy);
    }

    static MergeSettings of(Tree tree) {
        Map<Field, Rule> rules = new EnumMap<>(Field.class);
        for (EntityKind entity : EntityKind.values()) {
            tree.entries(entity.id())
                    .forEach((path, rule) -> rules.put(Field.at(entity, path).orElseThrow(), Rule.of(rule.text())));
        }
        return new MergeSettings(Policy.valueOf(SourceSettings.constant(tree.text("policy"))), rules);
    }
}
