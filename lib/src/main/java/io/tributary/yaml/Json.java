package io.tributary.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.yaml.YamlNode.Mapping;
import io.tributary.yaml.YamlNode.Scalar;
import io.tributary.yaml.YamlNode.Sequence;

/** YAML nodes as JSON, the way editors see them. */
final class Json {

    private Json() {}

    static JsonNode of(ObjectMapper mapper, YamlNode node) {
        if (node instanceof Mapping mapping) {
            ObjectNode object = mapper.createObjectNode();
            mapping.entries().forEach(entry -> object.set(entry.key(), of(mapper, entry.value())));
            return object;
        }
        if (node instanceof Sequence sequence) {
            ArrayNode array = mapper.createArrayNode();
            sequence.items().forEach(item -> array.add(of(mapper, item)));
            return array;
        }
        Scalar scalar = (Scalar) node;
        return switch (scalar.kind()) {
            case TEXT -> mapper.getNodeFactory().textNode(scalar.text());
            case INTEGER -> mapper.getNodeFactory().numberNode(Scalars.number(scalar.text()));
            case DECIMAL -> mapper.getNodeFactory().numberNode(Scalars.number(scalar.text()));
            case BOOLEAN -> mapper.getNodeFactory().booleanNode(Boolean.parseBoolean(scalar.text()));
            case EMPTY -> mapper.getNodeFactory().nullNode();
        };
    }
}
