package io.tributary.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One of several shapes, chosen by the kind of what is written. */
public final class EitherShape extends Shape {

    private final List<Shape> shapes;

    EitherShape(List<Shape> shapes) {
        this.shapes = shapes;
    }

    public List<Shape> shapes() {
        return shapes;
    }

    @Override
    Optional<Tree> check(YamlNode node, String path, boolean written, Faults faults) {
        Optional<Shape> chosen =
                shapes.stream().filter(shape -> shape.takes(node)).findFirst();
        if (chosen.isEmpty()) {
            faults.add(node, path, mismatch(node));
            return Optional.empty();
        }
        return chosen.get().check(node, path, written, faults);
    }

    @Override
    boolean takes(YamlNode node) {
        return shapes.stream().anyMatch(shape -> shape.takes(node));
    }

    @Override
    String noun() {
        return shapes.stream().map(Shape::noun).collect(Collectors.joining(" or "));
    }

    @Override
    boolean isSecret() {
        return shapes.stream().anyMatch(Shape::isSecret);
    }

    @Override
    ObjectNode schema(SchemaWriter writer) {
        return writer.any(shapes);
    }
}
