package io.tributary.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.yaml.YamlNode.Entry;
import io.tributary.yaml.YamlNode.Mapping;
import io.tributary.yaml.YamlNode.Scalar;
import io.tributary.yaml.YamlNode.ScalarKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A mapping whose keys are the user's own names. */
public final class EntriesShape extends Shape {

    private final Shape value;
    private final ScalarShape key;

    EntriesShape(Shape value, ScalarShape key) {
        this.value = value;
        this.key = key;
    }

    public Shape value() {
        return value;
    }

    ScalarShape key() {
        return key;
    }

    @Override
    Optional<Tree> check(YamlNode node, String path, boolean written, Faults faults) {
        if (!(node instanceof Mapping mapping)) {
            faults.add(node, path, mismatch(node));
            return Optional.empty();
        }
        Map<String, Tree> values = new LinkedHashMap<>();
        for (Entry entry : mapping.entries()) {
            String below = Paths.child(path, entry.key());
            Scalar name = new Scalar(entry.file(), entry.line(), ScalarKind.TEXT, entry.key());
            Optional<Tree> right = key.check(name, below, written, faults);
            value.check(entry.value(), below, written, faults)
                    .filter(checked -> right.isPresent())
                    .ifPresent(checked -> values.put(entry.key(), checked));
        }
        return Optional.of(new Tree(node, path, Collections.unmodifiableMap(values), written));
    }

    @Override
    boolean takes(YamlNode node) {
        return node instanceof Mapping;
    }

    @Override
    String noun() {
        return "a mapping of names";
    }

    @Override
    ObjectNode schema(SchemaWriter writer) {
        return writer.entries(key, value);
    }
}
