package io.tributary.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A shape that contains itself; the JSON Schema holds it once, as a definition. */
public final class RecursiveShape extends Shape {

    private final String name;
    private final Shape body;

    @SuppressWarnings("this-escape") // the body only keeps the reference; nothing reads it before this constructor ends
    RecursiveShape(String name, UnaryOperator<Shape> body) {
        this.name = name;
        this.body = body.apply(this);
    }

    String name() {
        return name;
    }

    public Shape body() {
        return body;
    }

    @Override
    Optional<Tree> check(YamlNode node, String path, boolean written, Faults faults) {
        return body.check(node, path, written, faults);
    }

    /** While the body is being built it contains a reference to this unfinished shape, which takes anything. */
    @Override
    boolean takes(YamlNode node) {
        return body == null || body.takes(node);
    }

    @Override
    String noun() {
        return "a " + name;
    }

    @Override
    ObjectNode schema(SchemaWriter writer) {
        return writer.reference(name, body);
    }
}
