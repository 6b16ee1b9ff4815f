package io.tributary.mapping;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.yaml.EntriesShape;
import io.tributary.yaml.Faults;
import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;
import io.tributary.yaml.VariantShape;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The language of mapping files: its shape, the rules between its settings, and the way to the record. */
public final class MappingShape {

    private static final Shape COLUMNS = Shape.oneOrMany(Shape.text());

    private static final Shape FLAG = Shape.either(
            Shape.text(),
            Shape.someOf(Shape.text()),
            Shape.object("Columns that say yes or no.")
                    .required("columns", COLUMNS, "The columns; one yes among them is enough.")
                    .required("true-values", COLUMNS, "The cells that mean yes, whatever their case."));

    private static final ObjectShape LIFE_CYCLE = Shape.object(
                    "The columns that tell what became of a record. Without true-values, every cell but a blank one,"
                            + " false, no and 0 means yes.")
            .optional("deleted", FLAG, "The record is in the CRM's bin: never paid for.")
            .optional("converted", FLAG, "The lead became a contact: never paid for.")
            .optional("merged-into", COLUMNS, "The id of the record that this one was merged into: never paid for.")
            .optional("merged-ids", COLUMNS, "Ids that were merged into this record, parted by semicolons.")
            .optional("opted-out", FLAG, "The person wants no mail; see life-cycle.skip-opted-out of the pipeline.")
            .optional("bounced", FLAG, "Mail came back; see life-cycle.skip-bounced of the pipeline.");

    /** Mapping files, told apart by the entity they describe. */
    public static final VariantShape SHAPE = Shape.variant("entity", "What a record describes: person or company.")
            .when(EntityKind.PERSON.id(), body(EntityKind.PERSON))
            .when(EntityKind.COMPANY.id(), body(EntityKind.COMPANY));

    private MappingShape() {}

    /** The keys of a mapping for one entity. */
    public static ObjectShape body(EntityKind entity) {
        ObjectShape shape = Shape.object(
                        "What the columns of an extract mean. Where several columns are named, the first"
                                + " that is there and not blank counts; columns that are not named are carried through.")
                .required("record-id", COLUMNS, "The CRM's record id.");
        if (entity == EntityKind.PERSON) {
            shape = shape.optional("account-id", COLUMNS, "The record id of the employer's account in the same CRM.");
        }
        return shape.optional("modified-at", COLUMNS, "When the CRM last changed the record.")
                .required("fields", fields(entity), "Each field of the model, and the columns that hold it.")
                .withDefault(
                        "identifiers",
                        Shape.entries(Shape.oneOf("second-email", "website", "second-phone"), COLUMNS),
                        "{}",
                        "Further identifiers that are no field of the model, and the columns that hold them.")
                .withDefault("life-cycle", LIFE_CYCLE, "{}", "The columns that tell what became of a record.")
                .withDefault(
                        "types",
                        Shape.entries(Shape.oneOf(ColumnType.class)),
                        "{}",
                        "What the cells of a column must be readable as; a cell that is not rejects its row.")
                .withDefault(
                        "drop",
                        Shape.list(Shape.text()),
                        "[]",
                        "Columns that must never leave the extract, such as identity numbers.");
    }

    private static EntriesShape fields(EntityKind entity) {
        List<String> paths = Field.of(entity).stream().map(Field::path).toList();
        return Shape.entries(Shape.oneOf(paths), COLUMNS);
    }

    /** The rules between settings, on a tree that may still have holes. */
    public static void check(Tree tree, Faults faults) {
        Set<String> drop = new LinkedHashSet<>(tree.texts("drop"));
        List<Tree> used = tree.entries().entrySet().stream()
                .filter(entry -> List.of(
                                "record-id", "account-id", "modified-at", "fields", "identifiers", "life-cycle")
                        .contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        used.forEach(part -> refuseDropped(part, drop, faults));
    }

    private static void refuseDropped(Tree part, Set<String> drop, Faults faults) {
        if (part.isMapping()) {
            part.entries().forEach((key, below) -> {
                if (!key.equals("true-values")) {
                    refuseDropped(below, drop, faults);
                }
            });
            return;
        }
        for (String column : part.texts()) {
            if (drop.contains(column)) {
                faults.add(part.fault("the column '" + column + "' is dropped too; remove it here or from 'drop'"));
            }
        }
    }

    /** The record; only for a tree without faults. */
    public static ColumnMapping read(Tree tree) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        tree.entries("types").forEach((column, type) -> types.put(column, ColumnType.of(type.text())));
        return new ColumnMapping(
                EntityKind.of(tree.text("entity")),
                tree.texts("record-id"),
                tree.texts("account-id"),
                tree.texts("modified-at"),
                columns(tree.at("fields")),
                identifiers(tree),
                lifeCycle(tree.at("life-cycle")),
                types,
                new LinkedHashSet<>(tree.texts("drop")));
    }

    private static Map<String, List<String>> columns(Tree tree) {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        tree.entries().forEach((key, names) -> columns.put(key, names.texts()));
        return columns;
    }

    private static Map<String, List<String>> identifiers(Tree tree) {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        tree.entries("identifiers").forEach((key, names) -> columns.put(key.replace('-', '_'), names.texts()));
        return columns;
    }

    private static LifeCycle lifeCycle(Tree tree) {
        return new LifeCycle(
                flag(tree, "deleted"),
                flag(tree, "converted"),
                tree.texts("merged-into"),
                tree.texts("merged-ids"),
                flag(tree, "opted-out"),
                flag(tree, "bounced"));
    }

    private static LifeCycle.Flag flag(Tree tree, String key) {
        return tree.find(key)
                .map(flag -> flag.isMapping()
                        ? new LifeCycle.Flag(flag.texts("columns"), flag.texts("true-values"))
                        : new LifeCycle.Flag(flag.texts(), List.of()))
                .orElse(LifeCycle.Flag.NONE);
    }
}
