package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A part of a response that several items share, such as the companies beside the people who work there: it is read as if
 * it stood inside each item that names it.
 *
 * @param name under which it stands in the item
 * @param from an object with the parts by their names
 * @param by where the item states the name of its part
 */
record Join(String name, NodePath from, NodePath by) {
    /** The item with its part, if it names one that is there; the same item otherwise. */
    JsonNode into(JsonNode item, JsonNode response) {
        JsonNode part = from.find(response).path(by.find(item).asText(""));
        if (!(item instanceof ObjectNode object) || part.isMissingNode()) {
            return item;
        }
        ObjectNode joined = JsonNodeFactory.instance.objectNode();
        joined.setAll(object);
        joined.set(name, part);
        return joined;
    }
}
