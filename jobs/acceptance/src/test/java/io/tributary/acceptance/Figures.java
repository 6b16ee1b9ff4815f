package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.jobs.report.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes figures with their bounds to {@code target/figures/NAME.txt}, and then fails if one does not hold. */
final class Figures {
    private final Path file;
    private final List<String> lines = new ArrayList<>();

    Figures(String name) {
        this.file = Home.FOLDER.resolve("jobs/acceptance/target/figures").resolve(name + ".txt");
    }

    void hold(Figure figure) throws IOException {
        lines.add(figure.toString());
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
        assertTrue(figure.passes(), figure.toString());
    }
}
