package io.tributary.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlFileTest {

    private static List<String> faults(String text) {
        Faults faults = new Faults();
        YamlFile.read("a.yaml", text, faults);
        return faults.list().stream().map(Fault::toString).toList();
    }

    @Test
    void followsAnchors() {
        Tree tree = Shape.entries(Shape.entries(Shape.text()))
                .check(
                        YamlFile.read("a.yaml", "x: &x {k: v}\ny: *x\n", new Faults())
                                .orElseThrow(),
                        new Faults());

        assertEquals("v", tree.at("y").text("k"));
    }

    @Test
    void refusesAnchorsThatMultiply() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            String below = "*a" + (i - 1);
            bomb.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", java.util.Collections.nCopies(10, below))));
        }

        assertEquals(List.of("a.yaml is nested too deep, or its anchors multiply too often"), faults(bomb.toString()));
    }

    @Test
    void refusesAnAnchorInsideItself() {
        assertFalse(faults("a: &a [*a]\n").isEmpty());
    }

    @Test
    void refusesBottomlessNesting() {
        assertEquals(
                List.of("a.yaml is nested too deep, or its anchors multiply too often"), faults("[".repeat(100_000)));
        assertEquals(
                List.of("a.yaml is nested too deep, or its anchors multiply too often"),
                faults("[".repeat(60) + "]".repeat(60)));
    }

    @Test
    void makesNoObjectOfATag() {
        Faults faults = new Faults();
        Optional<YamlNode> node = YamlFile.read("a.yaml", "k: !!java.net.URL [http://localhost]\n", faults);
        Tree tree = Shape.entries(Shape.list(Shape.text())).check(node.orElseThrow(), faults);

        assertEquals(List.of("http://localhost"), tree.texts("k"));
    }

    @Test
    void namesTheLineWhereTheSyntaxBreaksAndShowsNothingOfIt() {
        List<String> faults = faults("key: sk-live-4711\n  broken: [sk-live-4712\n");

        assertEquals(1, faults.size());
        assertTrue(faults.get(0).startsWith("a.yaml:2 is not YAML: "), faults.get(0));
        assertFalse(faults.get(0).contains("sk-live"), faults.get(0));
    }

    @Test
    void doesNotShowASecretThatLooksLikeAnAlias() {
        assertEquals(
                List.of("a.yaml:1 is not YAML: there is no anchor of this name; put text that begins with * in quotes"),
                faults("key: *sk-live-4711\n"));
    }

    @Test
    void anEmptyFileIsAnEmptyMapping() {
        Faults faults = new Faults();
        Shape.object("x")
                .optional("a", Shape.text(), "A.")
                .check(YamlFile.read("a.yaml", "# nothing\n", faults).orElseThrow(), faults);

        assertEquals(List.of(), faults.list());
    }

    @Test
    void wordsOfOlderYamlAreText() {
        Faults faults = new Faults();
        Tree tree = Shape.list(Shape.text())
                .check(
                        YamlFile.read("a.yaml", "[NO, yes, on, 12:30, 2026-11-23]", faults)
                                .orElseThrow(),
                        faults);

        assertEquals(List.of("NO", "yes", "on", "12:30", "2026-11-23"), tree.texts());
    }

    @Test
    void aFileThatIsNotUtf8IsAFault(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("latin.yaml");
        Files.write(file, "name: Zürich".getBytes(StandardCharsets.ISO_8859_1));
        Faults faults = new Faults();

        assertEquals(Optional.empty(), YamlFile.read(file, faults));
        assertEquals(
                "latin.yaml is not UTF-8 text; save it as UTF-8",
                faults.list().get(0).toString());
    }
}
