package io.tributary.jobs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderCheckCommandTest {
    private static final Path CONF = Path.of("../../conf");

    @TempDir
    Path dir;

    private record Said(int exit, String text) {}

    private static Said run(String... args) {
        PrintStream before = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            return new Said(Tributary.run(args), said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }

    private void copy(String name) throws IOException {
        Path to = dir.resolve(name);
        Files.createDirectories(to.getParent());
        Files.copy(CONF.resolve(name), to);
    }

    @Test
    void allShippedProvidersDoAsRecorded() {
        Said said = run("providers", "check", "--conf", CONF.toString());
        assertEquals(0, said.exit(), said.text());
        assertTrue(said.text().contains("hunter: "), said.text());
    }

    @Test
    void whatIsUnderstoodOtherwiseIsShown() throws IOException {
        copy("providers/example.yaml");
        copy("fixtures/example/person/matched.json");
        assertEquals(0, run("providers", "check", "--conf", dir.toString()).exit());
        Path file = dir.resolve("providers/example.yaml");
        Files.writeString(
                file, Files.readString(file).replace("confidence: {from: confidence", "confidence: {from: sureness"));
        Said said = run("providers", "check", "example", "--conf", dir.toString());
        assertEquals(1, said.exit(), said.text());
        assertTrue(said.text().contains("example/person/matched.json: the reading is not as recorded"), said.text());
    }

    @Test
    void aFileWithAFaultIsNotReplayed() throws IOException {
        copy("providers/example.yaml");
        Path file = dir.resolve("providers/example.yaml");
        Files.writeString(file, Files.readString(file).replace("re-ask: ask-again", "re-ask: perhaps"));
        Said said = run("providers", "check", "--conf", dir.toString());
        assertEquals(1, said.exit(), said.text());
        assertTrue(said.text().contains("example.yaml:") && said.text().contains("re-ask"), said.text());
        assertEquals(
                2, run("providers", "check", "nobody", "--conf", dir.toString()).exit());
    }
}
