package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.model.Field;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a model field comes from.
 *
 * @param paths tried in order; the first that gives a value wins
 */
record FieldMapping(Field field, List<NodePath> paths, Converter converter) {
    FieldMapping {
        paths = List.copyOf(paths);
        if (!converter.gives(field.type())) {
            throw new IllegalArgumentException(converter.id() + " does not give a " + field.type());
        }
    }

    /** @param placeholders texts that this provider puts where it has no value, lower case */
    Optional<Object> value(JsonNode subject, Set<String> placeholders) {
        for (NodePath path : paths) {
            List<JsonNode> nodes = path.findAll(subject);
            if (!placeholders.isEmpty()) {
                nodes = nodes.stream()
                        .filter(node -> !placeholders.contains(node.asText().toLowerCase(java.util.Locale.ROOT)))
                        .toList();
            }
            Optional<Object> value = converter.convert(nodes);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }
}
