package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in a JSON document: names and array indexes with dots between them ({@code person.emails.0.address}); {@code []}
 * after a name stands for every element. The empty text is the document itself. Taken apart once, because every answer is
 * read through dozens of them.
 */
final class NodePath {
    private static final int NO_INDEX = -1;

    private final String text;
    private final List<Step> steps;

    /**
     * @param index the name as an array index; {@link #NO_INDEX} if it is none
     * @param each whether every element is meant
     */
    private record Step(String name, int index, boolean each) {
        static Step of(String part) {
            boolean each = part.endsWith("[]");
            String name = each ? part.substring(0, part.length() - 2) : part;
            return new Step(name, name.matches("\\d{1,6}") ? Integer.parseInt(name) : NO_INDEX, each);
        }

        JsonNode from(JsonNode node) {
            return index != NO_INDEX && node.isArray() ? node.path(index) : node.path(name);
        }
    }

    NodePath(String text) {
        if (!text.isEmpty() && !text.matches("[^.\\[\\]]+(\\[\\])?(\\.[^.\\[\\]]+(\\[\\])?)*")) {
            throw new IllegalArgumentException("not a path: " + text);
        }
        this.text = text;
        List<Step> parts = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String part : text.split("\\.")) {
                parts.add(Step.of(part));
            }
        }
        this.steps = List.copyOf(parts);
    }

    String text() {
        return text;
    }

    /** The first node there; missing if there is none. Never null. */
    JsonNode find(JsonNode root) {
        JsonNode node = root;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.each()) {
                List<JsonNode> all = findAll(root);
                return all.isEmpty() ? MissingNode.getInstance() : all.get(0);
            }
            node = step.from(node);
        }
        return node;
    }

    /** All nodes there: several only where the path says {@code []}. */
    List<JsonNode> findAll(JsonNode root) {
        List<JsonNode> here = List.of(root);
        for (Step step : steps) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : here) {
                JsonNode child = step.from(node);
                if (step.each()) {
                    child.forEach(next::add);
                } else if (!child.isMissingNode()) {
                    next.add(child);
                }
            }
            here = next;
        }
        return here;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodePath that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
