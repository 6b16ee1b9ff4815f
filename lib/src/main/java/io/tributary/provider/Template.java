package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with placeholders such as {@code ${email}}. A text whose placeholder has no value is left out as a whole: an absent
 * input is not sent, rather than sent empty.
 */
record Template(String text) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z_]+)}");

    /** Names that are made from an input, beside the inputs' own. */
    private static final Map<String, Input> DERIVED =
            Map.of("linkedin_url", Input.LINKEDIN, "linkedin_handle", Input.LINKEDIN);

    /** All names that a template may use, but for {@code reference}. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>(DERIVED.keySet());
        Arrays.stream(Input.values()).map(Input::id).forEach(names::add);
        return names;
    }

    /** The names that this template uses. */
    List<String> used() {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    /** The text with its values; empty if one of them is missing. */
    Optional<String> fill(Function<String, Optional<String>> values) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            Optional<String> value = values.apply(matcher.group(1));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value.get()));
        }
        return Optional.of(matcher.appendTail(filled).toString());
    }

    static Function<String, Optional<String>> values(Ask ask) {
        return name -> name.equals("reference") ? Optional.of(ask.reference()) : value(ask.inputs(), name);
    }

    /** The value of a name, if the input behind it is known. */
    static Optional<String> value(Identifiers inputs, String name) {
        return switch (name) {
            case "linkedin_url" -> inputs.value(Input.LINKEDIN).map(page -> "https://www." + page);
            case "linkedin_handle" ->
                inputs.value(Input.LINKEDIN).map(page -> page.substring(page.lastIndexOf('/') + 1));
            default -> input(name).flatMap(inputs::value);
        };
    }

    static Optional<Input> input(String name) {
        return Optional.ofNullable(DERIVED.get(name)).or(() -> Arrays.stream(Input.values())
                .filter(input -> input.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst());
    }

    /** A JSON tree with all its templates filled; objects lose the keys whose value is missing. */
    static Optional<JsonNode> fill(JsonNode node, Function<String, Optional<String>> values, ArrayNode items) {
        if (node.isTextual() && node.textValue().equals("${items}")) {
            return Optional.of(items);
        }
        if (node.isTextual()) {
            return new Template(node.textValue()).fill(values).map(JsonNodeFactory.instance::textNode);
        }
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(entry -> fill(entry.getValue(), values, items)
                    .ifPresent(value -> object.set(entry.getKey(), value)));
            return Optional.of(object);
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> fill(item, values, items).ifPresent(array::add));
            return Optional.of(array);
        }
        return Optional.of(node);
    }

    /** All templates inside a JSON tree. */
    static Map<String, Template> inside(JsonNode node) {
        Map<String, Template> found = new TreeMap<>();
        collect(node, "", found);
        return found;
    }

    private static void collect(JsonNode node, String path, Map<String, Template> found) {
        if (node.isTextual()) {
            found.put(path, new Template(node.textValue()));
        }
        node.properties().forEach(entry -> collect(entry.getValue(), path + "." + entry.getKey(), found));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), path + "[" + i + "]", found);
        }
    }
}
