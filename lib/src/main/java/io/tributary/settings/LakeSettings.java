package io.tributary.settings;

import io.tributary.yaml.Faults;
import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where the tables are.
 *
 * @param root a path, or {@code catalog.schema}
 * @param files a folder for what is no table: journal, run lock, checkpoints
 * @param tables the tables that stand elsewhere: name to path or {@code catalog.schema.table}
 */
public record LakeSettings(String root, String files, Map<String, String> tables) {

    /** The tables of a lake, in the order in which a reader should meet them. */
    public static final List<String> TABLES = List.of(
            "contacts",
            "accounts",
            "history",
            "identities",
            "work",
            "runs",
            "rejects",
            "suppressions",
            "erasures",
            "extracts",
            "answer_fields");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*){1,2}");

    static final ObjectShape SHAPE = Shape.object("Where the tables are.")
            .required(
                    "root",
                    Shape.text(),
                    "A folder on any file system that Spark can write, or catalog.schema; each table stands under it.")
            .optional(
                    "files",
                    Shape.text(),
                    "A folder for what is no table: the journal, the run lock, checkpoints. The root itself unless that"
                            + " is a catalog.")
            .withDefault(
                    "tables",
                    Shape.entries(Shape.oneOf(TABLES), Shape.text()),
                    "{}",
                    "Tables that stand elsewhere: a path, or catalog.schema.table.");

    public LakeSettings {
        tables = Map.copyOf(tables);
        if (root.isBlank() || files.isBlank()) {
            throw new IllegalArgumentException("a lake needs a root and a folder for its files");
        }
    }

    /**
     * The path or name of a table.
     *
     * @throws IllegalArgumentException if there is no such table
     */
    public String table(String name) {
        if (!TABLES.contains(name)) {
            throw new IllegalArgumentException("there is no table " + name);
        }
        return tables.getOrDefault(name, isName(root) ? root + "." + name : root + "/" + name);
    }

    /** True for a name in a catalog, false for a path. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static void check(Tree tree, Faults faults) {
        tree.find("root")
                .filter(root -> isName(root.text()) && !tree.has("files"))
                .ifPresent(root -> faults.add(root.fault("is a catalog, which holds tables only; add lake.files, a"
                        + " folder for the journal, the run lock and checkpoints (a path is written ./"
                        + root.text() + ")")));
        tree.find("root")
                .filter(root -> isName(root.text())
                        && root.text().chars().filter(c -> c == '.').count() != 1)
                .ifPresent(root -> faults.add(root.fault("is a table's name; write catalog.schema or a path")));
    }

    static LakeSettings of(Tree tree, Places places) {
        Map<String, String> tables = new LinkedHashMap<>();
        tree.entries("tables").forEach((name, place) -> tables.put(name, place(place, places)));
        String root = place(tree.at("root"), places);
        return new LakeSettings(root, tree.find("files").map(places::resolve).orElse(root), tables);
    }

    private static String place(Tree tree, Places places) {
        return isName(tree.text()) ? tree.text() : places.resolve(tree);
    }
}
