package io.tributary.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes what a test measured to {@code target/figures/NAME.txt} and to standard output, one {@code name | figure | bound |
 * pass or fail} a line, and then fails the test if a bound does not hold. For one thread.
 */
public final class Figures {
    private final Path file;
    private final Map<String, String> lines = new TreeMap<>();

    public Figures(String name) {
        this.file = Path.of("target", "figures", name + ".txt");
    }

    /** A figure that must be exactly the bound. */
    public void exactly(String name, Object bound, Object figure) {
        boolean pass = bound.equals(figure);
        String line = name + " | " + figure + " | " + bound + " | " + (pass ? "pass" : "fail");
        lines.put(name, line);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, lines.values(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println(line);
        assertEquals(bound, figure, name);
    }
}
