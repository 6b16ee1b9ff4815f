package io.tributary.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A list of things of one shape. */
public final class ListShape extends Shape {

    private final Shape item;
    private final int least;

    ListShape(Shape item, int least) {
        this.item = item;
        this.least = least;
    }

    public Shape item() {
        return item;
    }

    @Override
    Optional<Tree> check(YamlNode node, String path, boolean written, Faults faults) {
        if (!(node instanceof Sequence sequence)) {
            faults.add(node, path, mismatch(node));
            return Optional.empty();
        }
        if (sequence.items().size() < least) {
            faults.add(node, path, "needs at least one item");
        }
        List<Tree> values = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            item.check(sequence.items().get(i), Paths.item(path, i), written, faults)
                    .ifPresent(values::add);
        }
        return Optional.of(new Tree(node, path, Collections.unmodifiableList(values), written));
    }

    @Override
    boolean takes(YamlNode node) {
        return node instanceof Sequence;
    }

    @Override
    String noun() {
        return "a list";
    }

    @Override
    ObjectNode schema(SchemaWriter writer) {
        return writer.list(item, least);
    }
}
