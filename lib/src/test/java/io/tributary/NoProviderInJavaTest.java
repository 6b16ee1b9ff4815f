package io.tributary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.provider.ProviderSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Everything about a provider is in its file: outside of the sandbox no source knows the name or the host of one. */
class NoProviderInJavaTest {
    private static final Path PROVIDERS = Path.of("../conf/providers");
    private static final Set<String> MODULES_OF_SIMULATORS = Set.of("sandbox");

    @Test
    void noMainSourceKnowsAProvider() throws IOException {
        Set<String> words = words();
        assertTrue(words.contains("hunter") && words.contains("api.hunter.io"), words.toString());
        List<String> found = new ArrayList<>();
        int read = 0;
        for (Path source : sources()) {
            List<String> lines = Files.readAllLines(source);
            read++;
            for (int line = 0; line < lines.size(); line++) {
                String text = lines.get(line).toLowerCase(Locale.ROOT);
                if (words.stream().anyMatch(text::contains)) {
                    found.add(source + ":" + (line + 1) + " " + lines.get(line).strip());
                }
            }
        }
        assertTrue(read > 200, "only " + read + " sources were looked at");
        assertEquals(List.of(), found);
    }

    /** Names and hosts of all shipped files, but for the one that only shows how a file is written. */
    private static Set<String> words() throws IOException {
        Set<String> words = new TreeSet<>();
        try (Stream<Path> files = Files.list(PROVIDERS)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                String name = file.getFileName().toString();
                ProviderSpec spec = ProviderSpec.parse(name, Files.readString(file));
                if (!spec.name().equals("example")) {
                    words.add(spec.name());
                    spec.hosts().values().forEach(host -> words.add(host.getHost()));
                }
            }
        }
        return words;
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        List<Path> roots = new ArrayList<>(List.of(Path.of("src/main")));
        try (Stream<Path> modules = Files.list(Path.of("../jobs"))) {
            modules.filter(Files::isDirectory)
                    .filter(module ->
                            !MODULES_OF_SIMULATORS.contains(module.getFileName().toString()))
                    .map(module -> module.resolve("src/main"))
                    .filter(Files::isDirectory)
                    .forEach(roots::add);
        }
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(path -> path.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }
}
