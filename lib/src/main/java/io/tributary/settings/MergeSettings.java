package io.tributary.settings;

import io.tributary.merge.FieldRules;
import io.tributary.merge.NormalForm;
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
                            + " never; then, if several providers have a value, most-confident (which holds unsaid),"
                            + " freshest or provider-order; then perhaps agreed, if two providers must say the same;"
                            + " then perhaps a bound: fill-empty freshest agreed above 0.8. What lost stands in _lineage,"
                            + " but under never. A rule that changes is applied to all records by the next run, without"
                            + " a call.")
            .withDefault(
                    "policy",
                    Shape.oneOf("default", "guide"),
                    "default",
                    "default fills what is empty and never replaces what a person typed; guide takes an answer's value"
                            + " whenever it is there. In both, a title needs confidence above 0.8.")
            .withDefault(
                    "normalise",
                    Shape.list(Shape.oneOf(NormalForm.class)),
                    "[phone, country, employee-range, title]",
                    "What is brought into one form before it is compared and taken: phones as E.164, countries as ISO 3166"
                            + " alpha-2, ranges of employees as 51-200 (from the count where there is none); title fills"
                            + " seniority and department from an answer's title. What the CRM holds stays as typed.")
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
                .rules()
                .normalising(tree.texts("normalise").stream()
                        .map(word -> NormalForm.valueOf(SourceSettings.constant(word)))
                        .toList());
    }

    private static String qualified(EntityKind entity, String path) {
        return entity.id() + ":" + path;
    }
}
