package io.tributary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackagesTest {
    @Test
    void everyPackageOfEveryModuleSaysWhatLivesThere() {
        List<Path> modules = List.of(Path.of("."), Path.of("../jobs/pipeline"), Path.of("../jobs/sandbox"));
        Set<Path> silent = new TreeSet<>();
        int packages = 0;
        for (Path module : modules) {
            for (Path folder : packages(module.resolve("src/main/java"))) {
                packages++;
                if (!Files.exists(folder.resolve("package-info.java"))) {
                    silent.add(folder);
                }
            }
        }
        assertEquals(Set.of(), silent);
        assertTrue(packages > 20, packages + " packages found");
    }

    private static Set<Path> packages(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
