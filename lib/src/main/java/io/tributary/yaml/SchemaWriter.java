package io.tributary.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.yaml.VariantShape.Variant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds JSON Schemas (draft 2020-12) with a fixed order, so that the text can be compared. One use each. */
final class SchemaWriter {

    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<String, ObjectNode> definitions = new LinkedHashMap<>();

    String write(String title, Shape root) {
        ObjectNode schema = node();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", title);
        schema.setAll(root.schema(this));
        if (!definitions.isEmpty()) {
            schema.putObject("$defs").setAll(definitions);
        }
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter);
        try {
            return mapper.writer(printer).writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes can always be written", e);
        }
    }

    ObjectNode node() {
        return mapper.createObjectNode();
    }

    ObjectNode object(ObjectShape shape) {
        ObjectNode node = node().put("type", "object");
        if (!shape.sentence().isBlank()) {
            node.put("description", shape.sentence());
        }
        ObjectNode properties = node.putObject("properties");
        ArrayNode required = mapper.createArrayNode();
        for (ObjectShape.Key key : shape.keys()) {
            ObjectNode property = node().put("description", key.sentence());
            ObjectNode value = key.shape().schema(this);
            value.remove("description");
            property.setAll(value);
            key.defaultYaml().flatMap(this::json).ifPresent(json -> property.set("default", json));
            properties.set(key.name(), property);
            if (key.required()) {
                required.add(key.name());
            }
        }
        if (!required.isEmpty()) {
            node.set("required", required);
        }
        if (!shape.choices().isEmpty()) {
            ArrayNode all = node.putArray("allOf");
            for (List<String> choice : shape.choices()) {
                ArrayNode one = all.addObject().putArray("oneOf");
                choice.forEach(name -> one.addObject().putArray("required").add(name));
            }
        }
        return node.put("additionalProperties", false);
    }

    private Optional<JsonNode> json(String yaml) {
        return YamlFile.read("default", yaml, new Faults()).map(node -> Json.of(mapper, node));
    }

    ObjectNode entries(ScalarShape key, Shape value) {
        ObjectNode node = node().put("type", "object");
        node.set("propertyNames", key.schema(this));
        node.set("additionalProperties", value.schema(this));
        return node;
    }

    ObjectNode list(Shape item, int least) {
        ObjectNode node = node().put("type", "array");
        if (least > 0) {
            node.put("minItems", least);
        }
        node.set("items", item.schema(this));
        return node;
    }

    ObjectNode any(List<Shape> shapes) {
        ObjectNode node = node();
        ArrayNode any = node.putArray("anyOf");
        shapes.forEach(shape -> any.add(shape.schema(this)));
        return node;
    }

    /** Chained conditions instead of {@code oneOf}: editors then report the fault inside the chosen variant only. */
    ObjectNode variants(String key, List<Variant> variants) {
        ObjectNode node = node().put("type", "object");
        node.putArray("required").add(key);
        ArrayNode words = node.putObject("properties").putObject(key).putArray("enum");
        ArrayNode all = node.putArray("allOf");
        for (Variant variant : variants) {
            words.add(variant.word());
            ObjectNode rule = all.addObject();
            rule.putObject("if").putObject("properties").putObject(key).put("const", variant.word());
            rule.set("then", variant.shape().schema(this));
        }
        return node;
    }

    ObjectNode reference(String name, Shape body) {
        if (!definitions.containsKey(name)) {
            definitions.put(name, node());
            definitions.put(name, body.schema(this));
        }
        return node().put("$ref", "#/$defs/" + name);
    }
}
