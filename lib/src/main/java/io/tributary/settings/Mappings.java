package io.tributary.settings;

import io.tributary.mapping.MappingShape;
import io.tributary.yaml.Faults;
import io.tributary.yaml.Nearest;
import io.tributary.yaml.Tree;
import io.tributary.yaml.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds and checks the mappings that sources name; each file is read once. */
final class Mappings {

    private final Places places;
    private final Faults faults;
    private final Map<Path, Optional<Tree>> read = new HashMap<>();

    Mappings(Places places, Faults faults) {
        this.places = places;
        this.faults = faults;
    }

    /** The checked mapping of a source, or empty if there is none to be had; the faults are noted. */
    Optional<Tree> read(Tree setting) {
        if (setting.isMapping()) {
            MappingShape.check(setting, faults);
            return Optional.of(setting);
        }
        String text = setting.text();
        boolean isPath = text.endsWith(".yaml") || text.endsWith(".yml");
        Path file = Path.of(isPath ? places.resolve(setting) : places.resolve("mappings/" + text + ".yaml", false));
        if (!Files.isReadable(file)) {
            String remedy = isPath
                    ? ""
                    : Nearest.remedy(text, Folder.yamlNames(places.folder().resolve("mappings")));
            faults.add(setting.fault("there is no mapping " + places.shown(file) + remedy));
            return Optional.empty();
        }
        return read.computeIfAbsent(file, this::readFile);
    }

    private Optional<Tree> readFile(Path file) {
        return YamlFile.read(file, places.shown(file), faults).map(node -> {
            Tree tree = MappingShape.SHAPE.check(node, faults);
            MappingShape.check(tree, faults);
            return tree;
        });
    }
}
