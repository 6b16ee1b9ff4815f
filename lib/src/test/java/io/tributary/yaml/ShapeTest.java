package io.tributary.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {

    private static final ObjectShape PROVIDER = Shape.object("A provider.")
            .required("name", Shape.text(), "Its name.")
            .optional(
                    "quota",
                    Shape.list(Shape.object("A window.")
                            .required("calls", Shape.integer(1, 1000), "How many calls.")
                            .required("window", Shape.duration(), "In how long.")),
                    "Its windows.")
            .withDefault("tries", Shape.integer(1, 10), "3", "How many tries.")
            .withDefault("policy", Shape.oneOf("hold", "repeat"), "hold", "What to do.")
            .optional("url", Shape.url(), "Where it is.")
            .optional("key", Shape.secretReference(), "Its key.");

    private static List<String> faults(Shape shape, String yaml) {
        Faults faults = new Faults();
        YamlFile.read("p.yaml", yaml, faults).ifPresent(node -> shape.check(node, faults));
        return faults.list().stream().map(Fault::toString).toList();
    }

    private static Tree tree(Shape shape, String yaml) {
        Faults faults = new Faults();
        Tree tree = shape.check(YamlFile.read("p.yaml", yaml, faults).orElseThrow(), faults);
        faults.throwIfAny();
        return tree;
    }

    @Test
    void readsTypedValuesAndFillsInDefaults() {
        Tree tree = tree(PROVIDER, "name: acme\nquota:\n  - {calls: 5, window: 1h}\n");

        assertEquals("acme", tree.text("name"));
        assertEquals(3, tree.integer("tries"));
        assertFalse(tree.at("tries").isWritten());
        Tree window = tree.list("quota").get(0);
        assertEquals(Duration.ofHours(1), window.duration("window"));
        assertEquals("quota[0].window", window.at("window").path());
        assertEquals(3, window.at("window").line());
        assertTrue(tree.find("url").isEmpty());
    }

    @Test
    void namesEveryFaultWithLinePathAndRemedy() {
        assertEquals(
                List.of(
                        "p.yaml:3 quota[0].window: \"1 hr\" is not a duration; write 1h",
                        "p.yaml:4 trys: is not a known key; did you mean 'tries'?",
                        "p.yaml:5 policy: \"hodl\" is not allowed; did you mean 'hold'?",
                        "p.yaml:6 url: \"http://example.org\" is not encrypted; write https:// (http:// is only for this"
                                + " machine)",
                        "p.yaml:7 key: the value (not shown here) is not the place of a secret: env:NAME or file:PATH,"
                                + " never the secret itself",
                        "p.yaml:1 lacks the key 'name': Its name."),
                faults(PROVIDER, """
                        quota:
                          - calls: 5
                            window: 1 hr
                        trys: 4
                        policy: hodl
                        url: http://example.org
                        key: sk_live_4711
                        """));
    }

    @Test
    void refusesAKeyGivenTwice() {
        assertEquals(
                List.of("p.yaml:2 name: is given twice, first on line 1; remove one of them"),
                faults(PROVIDER, "name: a\nname: b\n"));
    }
}
