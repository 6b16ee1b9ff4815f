package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in a JSON document: names and array indexes with dots between them ({@code person.emails.0.address}); {@code []}
 * after a name stands for every element. The empty text is the document itself.
 */
record NodePath(String text) {
    NodePath {
        if (!text.isEmpty() && !text.matches("[^.\\[\\]]+(\\[\\])?(\\.[^.\\[\\]]+(\\[\\])?)*")) {
            throw new IllegalArgumentException("not a path: " + text);
        }
    }

    /** The first node there; missing if there is none. Never null. */
    JsonNode find(JsonNode root) {
        List<JsonNode> all = findAll(root);
        return all.isEmpty() ? MissingNode.getInstance() : all.get(0);
    }

    /** All nodes there: several only where the path says {@code []}. */
    List<JsonNode> findAll(JsonNode root) {
        List<JsonNode> here = List.of(root);
        if (text.isEmpty()) {
            return here;
        }
        for (String part : text.split("\\.")) {
            boolean each = part.endsWith("[]");
            String name = each ? part.substring(0, part.length() - 2) : part;
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : here) {
                JsonNode child = node.isArray() && name.matches("\\d{1,6}")
                        ? node.path(Integer.parseInt(name))
                        : node.path(name);
                if (each) {
                    child.forEach(next::add);
                } else if (!child.isMissingNode()) {
                    next.add(child);
                }
            }
            here = next;
        }
        return here;
    }
}
