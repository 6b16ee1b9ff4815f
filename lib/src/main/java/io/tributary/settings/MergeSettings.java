package io.tributary.settings;

import io.tributary.merge.FieldRules;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.yaml.Faults;
import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The section on merging: read straight into the rules of {@link FieldRules}. */
final class MergeSettings {

    static final ObjectShape SHAPE = Shape.object(
                    "Which provider values reach the golden tables. A rule is fill-empty, overwrite, unite (for lists) or"
                            + " never; then, if several providers have a value, provider-order, freshest or"
                            + " most-confident; then perhaps a bound: fill-empty freshest above 0.8.")
            .withDefault(
                    "policy",
                    Shape.oneOf("default", "guide"),
                    "default",
                    "default fills what is empty and never replaces what a person typed; guide takes an answer's value"
                            + " whenever it is there. In both, a title needs confidence above 0.8.")
            .withDefault("person", rules(EntityKind.PERSON), "{}", "Fields of persons with a rule of their own.")
            .withDefault("company", rules(EntityKind.COMPANY), "{}", "Fields of companies with a rule of their own.");

    private MergeSettings() {}

    private static Shape rules(EntityKind entity) {
        List<String> paths = Field.of(entity).stream().map(Field::path).toList();
        return Shape.entries(Shape.oneOf(paths), Shape.text());
    }

    static void check(Tree tree, Faults faults) {
        for (EntityKind entity : EntityKind.values()) {
            tree.entries(entity.id()).forEach((path, rule) -> {
                String name = qualified(entity, path);
                FieldRules.parse(Map.of(name, rule.text()), FieldRules.defaults()).faults().stream()
                        .map(fault -> fault.substring(name.length() + ": ".length()))
                        .forEach(fault -> faults.add(rule.fault(fault)));
            });
        }
    }

    static FieldRules of(Tree tree) {
        Map<String, String> written = new LinkedHashMap<>();
        for (EntityKind entity : EntityKind.values()) {
            tree.entries(entity.id()).forEach((path, rule) -> written.put(qualified(entity, path), rule.text()));
        }
        boolean guide = tree.text("policy").equals("guide");
        return FieldRules.parse(written, guide ? FieldRules.guide() : FieldRules.defaults())
                .rules();
    }

    private static String qualified(EntityKind entity, String path) {
        return entity.id() + ":" + path;
    }
}
