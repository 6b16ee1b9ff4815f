package io.tributary.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Writes what the tests count to {@code target/figures/identity.txt}, one {@code name value} a line. */
final class Figures {
    private static final Path FILE = Path.of("target", "figures", "identity.txt");

    private Figures() {}

    static synchronized void put(String name, long value) {
        try {
            Files.createDirectories(FILE.getParent());
            List<String> lines = Files.exists(FILE) ? new ArrayList<>(Files.readAllLines(FILE)) : new ArrayList<>();
            lines.removeIf(line -> line.startsWith(name + " "));
            lines.add(name + " " + value);
            Files.write(FILE, new TreeSet<>(lines), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
