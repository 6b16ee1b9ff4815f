package io.tributary.yaml;

import io.tributary.yaml.YamlNode.Entry;
import io.tributary.yaml.YamlNode.Mapping;
import io.tributary.yaml.YamlNode.Scalar;
import io.tributary.yaml.YamlNode.Sequence;

/** Gives nodes that stand in no file the place of the one that they belong to. */
final class Placed {

    private Placed() {}

    static YamlNode at(YamlNode place, YamlNode node) {
        return at(place.file(), place.line(), node);
    }

    static YamlNode at(String file, int line, YamlNode node) {
        if (node instanceof Mapping mapping) {
            return new Mapping(
                    file,
                    line,
                    mapping.entries().stream()
                            .map(entry -> new Entry(entry.key(), file, line, at(file, line, entry.value())))
                            .toList());
        }
        if (node instanceof Sequence sequence) {
            return new Sequence(
                    file,
                    line,
                    sequence.items().stream().map(item -> at(file, line, item)).toList());
        }
        Scalar scalar = (Scalar) node;
        return new Scalar(file, line, scalar.kind(), scalar.text());
    }
}
