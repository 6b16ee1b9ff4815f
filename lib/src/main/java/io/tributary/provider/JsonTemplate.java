package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** JSON whose texts may be templates: taken apart once, filled for every call. Immutable. */
sealed interface JsonTemplate {
    /** Names of what stands for a whole list: the items of a batch, the fields that are wanted. */
    List<String> LISTS = List.of("items", "output_fields");

    /**
     * The JSON with all its templates filled; objects lose the keys whose value is missing.
     *
     * @param lists by name, see {@link #LISTS}
     * @return empty if this is a text whose value is missing
     */
    Optional<JsonNode> fill(Function<String, Optional<String>> values, Map<String, ArrayNode> lists);

    /** The templates in it. */
    Stream<Template> templates();

    static JsonTemplate of(JsonNode node) {
        if (node.isTextual()) {
            Template text = new Template(node.textValue());
            return text.isOneOf(LISTS) ? new Whole(text.used().get(0)) : new Text(text);
        }
        if (node.isObject()) {
            Map<String, JsonTemplate> members = new LinkedHashMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), of(member.getValue())));
            return new Members(members);
        }
        if (node.isArray()) {
            List<JsonTemplate> elements = new ArrayList<>();
            node.forEach(element -> elements.add(of(element)));
            return new Elements(elements);
        }
        return new Constant(node);
    }

    /** The names that the templates use, sorted. */
    default TreeSet<String> used() {
        TreeSet<String> names = new TreeSet<>();
        templates().forEach(template -> names.addAll(template.used()));
        return names;
    }

    /** The place of a list. */
    record Whole(String list) implements JsonTemplate {
        @Override
        public Optional<JsonNode> fill(Function<String, Optional<String>> values, Map<String, ArrayNode> lists) {
            return Optional.ofNullable(lists.get(list));
        }

        @Override
        public Stream<Template> templates() {
            return Stream.empty();
        }
    }

    /** A text. */
    record Text(Template template) implements JsonTemplate {
        @Override
        public Optional<JsonNode> fill(Function<String, Optional<String>> values, Map<String, ArrayNode> lists) {
            return template.fill(values).map(JsonNodeFactory.instance::textNode);
        }

        @Override
        public Stream<Template> templates() {
            return Stream.of(template);
        }
    }

    /** An object. */
    record Members(Map<String, JsonTemplate> members) implements JsonTemplate {
        @Override
        public Optional<JsonNode> fill(Function<String, Optional<String>> values, Map<String, ArrayNode> lists) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            members.forEach((name, member) -> member.fill(values, lists).ifPresent(value -> object.set(name, value)));
            return Optional.of(object);
        }

        @Override
        public Stream<Template> templates() {
            return members.values().stream().flatMap(JsonTemplate::templates);
        }
    }

    /** An array. */
    record Elements(List<JsonTemplate> elements) implements JsonTemplate {
        @Override
        public Optional<JsonNode> fill(Function<String, Optional<String>> values, Map<String, ArrayNode> lists) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            elements.forEach(element -> element.fill(values, lists).ifPresent(array::add));
            return Optional.of(array);
        }

        @Override
        public Stream<Template> templates() {
            return elements.stream().flatMap(JsonTemplate::templates);
        }
    }

    /** A number, a truth value or null. */
    record Constant(JsonNode value) implements JsonTemplate {
        @Override
        public Optional<JsonNode> fill(Function<String, Optional<String>> values, Map<String, ArrayNode> lists) {
            return Optional.of(value);
        }

        @Override
        public Stream<Template> templates() {
            return Stream.empty();
        }
    }
}
