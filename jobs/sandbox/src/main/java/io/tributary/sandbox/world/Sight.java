package io.tributary.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * What one provider knows of one subject: nothing, a part, or everything.
 *
 * @param confidence 0.50 to 0.99
 * @param noise the branch from which further choices about this subject and provider are drawn
 */
public record Sight(boolean found, boolean partial, double confidence, Noise noise) {
    /** Whether the provider knows this field; a partial sight lacks about half of them. */
    public boolean knows(String field) {
        return found && (!partial || noise.at(field).unit() < 0.5);
    }

    /** The value where the field is known, JSON null where it is not. */
    public JsonNode show(String field, String value) {
        return knows(field) ? JsonNodeFactory.instance.textNode(value) : JsonNodeFactory.instance.nullNode();
    }

    /** The value where the field is known, JSON null where it is not. */
    public JsonNode show(String field, long value) {
        return knows(field) ? JsonNodeFactory.instance.numberNode(value) : JsonNodeFactory.instance.nullNode();
    }
}
