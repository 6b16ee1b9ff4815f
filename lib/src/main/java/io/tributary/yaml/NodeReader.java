package io.tributary.yaml;

import io.tributary.yaml.YamlNode.Entry;
import io.tributary.yaml.YamlNode.Mapping;
import io.tributary.yaml.YamlNode.Scalar;
import io.tributary.yaml.YamlNode.ScalarKind;
import io.tributary.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns the parser's nodes into ours, following anchors; bounds depth and number, for aliases can multiply. */
final class NodeReader {

    static final int DEEPEST = 50;
    static final String TOO_MUCH = "is nested too deep, or its anchors multiply too often";
    private static final int MOST_NODES = 200_000;

    private final String file;
    private final Faults faults;
    private int nodes;

    NodeReader(String file, Faults faults) {
        this.file = file;
        this.faults = faults;
    }

    Optional<YamlNode> read(Node root) {
        try {
            return Optional.of(convert(root, "", 0));
        } catch (TooMuch e) {
            faults.add(new Fault(file, 0, "", TOO_MUCH));
            return Optional.empty();
        }
    }

    private YamlNode convert(Node node, String path, int depth) {
        if (depth > DEEPEST || ++nodes > MOST_NODES) {
            throw new TooMuch();
        }
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        if (node instanceof MappingNode mapping) {
            return new Mapping(file, line, entries(mapping, path, depth));
        }
        if (node instanceof SequenceNode sequence) {
            List<YamlNode> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(convert(item, path + "[" + items.size() + "]", depth + 1));
            }
            return new Sequence(file, line, items);
        }
        return scalar((ScalarNode) node, line);
    }

    private List<Entry> entries(MappingNode mapping, String path, int depth) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node keyNode = tuple.getKeyNode();
            int line = keyNode.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
            if (!(keyNode instanceof ScalarNode scalar)) {
                faults.add(new Fault(file, line, path, "a key must be a plain word"));
                continue;
            }
            String key = scalar.getValue();
            String below = Paths.child(path, key);
            YamlNode value = convert(tuple.getValueNode(), below, depth + 1);
            Entry earlier = entries.putIfAbsent(key, new Entry(key, file, line, value));
            if (earlier != null) {
                faults.add(new Fault(
                        file, line, below, "is given twice, first on line " + earlier.line() + "; remove one of them"));
            }
        }
        return new ArrayList<>(entries.values());
    }

    private Scalar scalar(ScalarNode node, int line) {
        Tag tag = node.getTag();
        ScalarKind kind = ScalarKind.TEXT;
        if (Tag.INT.equals(tag)) {
            kind = ScalarKind.INTEGER;
        } else if (Tag.FLOAT.equals(tag)) {
            kind = ScalarKind.DECIMAL;
        } else if (Tag.BOOL.equals(tag)) {
            kind = ScalarKind.BOOLEAN;
        } else if (Tag.NULL.equals(tag)) {
            kind = ScalarKind.EMPTY;
        }
        return new Scalar(file, line, kind, node.getValue());
    }

    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
