package io.tributary.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.yaml.YamlNode.Scalar;
import io.tributary.yaml.YamlNode.ScalarKind;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** A single value. */
public final class ScalarShape extends Shape {

    /** What reading a spelling gives: a value or what is wrong with it. */
    record Reading(Optional<Object> value, String problem) {
        static Reading of(Object value) {
            return new Reading(Optional.of(value), "");
        }

        /** @param problem follows the value: {@code is not a duration; write 1h} */
        static Reading wrong(String problem) {
            return new Reading(Optional.empty(), problem);
        }
    }

    private final String noun;
    private final Set<ScalarKind> kinds;
    private final boolean secret;
    private final Function<Scalar, Reading> reader;
    private final Consumer<ObjectNode> schema;

    ScalarShape(
            String noun,
            Set<ScalarKind> kinds,
            boolean secret,
            Function<Scalar, Reading> reader,
            Consumer<ObjectNode> schema) {
        this.noun = noun;
        this.kinds = Set.copyOf(kinds);
        this.secret = secret;
        this.reader = reader;
        this.schema = schema;
    }

    /** The same shape, whose values are never echoed in faults. */
    public ScalarShape secret() {
        return new ScalarShape(noun, kinds, true, reader, schema);
    }

    @Override
    Optional<Tree> check(YamlNode node, String path, boolean written, Faults faults) {
        if (!(node instanceof Scalar scalar) || scalar.kind() == ScalarKind.EMPTY) {
            faults.add(node, path, mismatch(node));
            return Optional.empty();
        }
        if (!kinds.contains(scalar.kind())) {
            String remedy = kinds.equals(Set.of(ScalarKind.TEXT)) ? "; write it in quotes" : "";
            faults.add(node, path, shown(scalar) + " is not " + noun + remedy);
            return Optional.empty();
        }
        Reading reading = reader.apply(scalar);
        if (reading.value().isEmpty()) {
            faults.add(node, path, shown(scalar) + " " + reading.problem());
        }
        return reading.value().map(value -> new Tree(node, path, value, written));
    }

    private String shown(Scalar scalar) {
        return secret ? "the value (not shown here)" : '"' + shortened(scalar.text()) + '"';
    }

    private static String shortened(String text) {
        String line = text.replace('\n', ' ');
        return line.length() <= 80 ? line : line.substring(0, 77) + "...";
    }

    @Override
    boolean takes(YamlNode node) {
        return node instanceof Scalar scalar && kinds.contains(scalar.kind());
    }

    @Override
    String noun() {
        return noun;
    }

    @Override
    boolean isSecret() {
        return secret;
    }

    @Override
    ObjectNode schema(SchemaWriter writer) {
        ObjectNode node = writer.node();
        schema.accept(node);
        return node;
    }
}
