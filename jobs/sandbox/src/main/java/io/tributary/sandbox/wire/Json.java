package io.tributary.sandbox.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** The one JSON mapper of the sandbox and the few things that dialects do with trees. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array(Iterable<String> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** The document, a missing node for no bytes at all, or nothing if it cannot be read. */
    public static Optional<JsonNode> read(byte[] bytes) {
        if (bytes.length == 0) {
            return Optional.of(MissingNode.getInstance());
        }
        try {
            return Optional.ofNullable(MAPPER.readTree(bytes));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * A document as a record; names are in snake case and an unknown one is an error.
     *
     * @throws IllegalArgumentException saying which member is wrong
     */
    public static <T> T read(byte[] bytes, Class<T> type) {
        try {
            return MAPPER.readValue(bytes, type);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("Not a readable " + type.getSimpleName() + ": "
                    + (unreadable instanceof JsonProcessingException shaped
                            ? shaped.getOriginalMessage()
                            : unreadable.getMessage()));
        }
    }

    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Cannot write " + value.getClass(), impossible);
        }
    }

    /** The stripped text of a member, unless it is missing, null or blank. */
    public static Optional<String> text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        return value.isValueNode() && !value.isNull() && !value.asText().isBlank()
                ? Optional.of(value.asText().strip())
                : Optional.empty();
    }
}
