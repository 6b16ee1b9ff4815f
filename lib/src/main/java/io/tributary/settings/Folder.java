package io.tributary.settings;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What stands in a folder of the settings. */
final class Folder {

    private static final String YAML = ".yaml";

    private Folder() {}

    /** The names of the YAML files without their ending, sorted; none if the folder can't be read. */
    static List<String> yamlNames(Path folder) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + YAML)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                names.add(name.substring(0, name.length() - YAML.length()));
            }
        } catch (IOException e) {
            return List.of();
        }
        names.sort(null);
        return List.copyOf(names);
    }
}
