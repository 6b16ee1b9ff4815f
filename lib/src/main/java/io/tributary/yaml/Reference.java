package io.tributary.yaml;

import io.tributary.yaml.ObjectShape.Key;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the reference of a shape as Markdown: one table for each mapping, in the order of declaration. */
public final class Reference {

    private final StringBuilder out = new StringBuilder();
    private final Map<String, ObjectShape> pending = new LinkedHashMap<>();

    private Reference() {}

    /** A section of level two for the shape, and one of level three for every mapping inside it. */
    public static String of(String title, Shape shape) {
        Reference reference = new Reference();
        reference.out.append("## ").append(title).append("\n");
        reference.inner("", shape);
        while (!reference.pending.isEmpty()) {
            Map.Entry<String, ObjectShape> next =
                    reference.pending.entrySet().iterator().next();
            reference.pending.remove(next.getKey());
            reference.table(next.getKey(), next.getValue());
        }
        return reference.out.toString();
    }

    private void table(String path, ObjectShape shape) {
        if (!path.isEmpty()) {
            out.append("\n### ").append(path).append("\n");
        }
        out.append("\n").append(shape.sentence()).append("\n\n");
        out.append("| key | value | default | |\n| --- | --- | --- | --- |\n");
        for (Key key : shape.keys()) {
            String preset = key.required()
                    ? "*required*"
                    : key.defaultYaml().map(yaml -> "`" + yaml + "`").orElse("");
            row("`" + key.name() + "`", noun(key.shape()), preset, key.sentence());
            inner(path.isEmpty() ? key.name() : path + "." + key.name(), key.shape());
        }
        shape.choices().forEach(names -> out.append("\nExactly one of `")
                .append(String.join("`, `", names))
                .append("`.\n"));
    }

    private void row(String... cells) {
        for (String cell : cells) {
            out.append("| ").append(cell.replace("|", "\\|")).append(cell.isEmpty() ? "" : " ");
        }
        out.append("|\n");
    }

    /** Notes the mappings inside a shape for tables of their own. */
    private void inner(String path, Shape shape) {
        if (shape instanceof ObjectShape object) {
            pending.put(path, object);
        } else if (shape instanceof EntriesShape entries) {
            inner(path + ".NAME", entries.value());
        } else if (shape instanceof ListShape list) {
            inner(path + "[]", list.item());
        } else if (shape instanceof EitherShape either) {
            either.shapes().forEach(one -> inner(path, one));
        } else if (shape instanceof VariantShape variants) {
            variants.variants()
                    .forEach(variant -> pending.put(
                            (path.isEmpty() ? "" : path + " ") + "with " + variants.key() + ": " + variant.word(),
                            variant.shape()));
        } else if (shape instanceof RecursiveShape recursive && !path.contains("..." + recursive.name())) {
            inner(path + "..." + recursive.name(), recursive.body());
        }
    }

    private static String noun(Shape shape) {
        if (shape instanceof ListShape list) {
            return "a list: " + noun(list.item());
        }
        return shape instanceof EntriesShape entries ? "names to " + noun(entries.value()) : shape.noun();
    }
}
