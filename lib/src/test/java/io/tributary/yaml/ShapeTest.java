package io.tributary.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
                        "p.yaml:7 key: the value (not shown here) is not the place of a secret; write env:NAME, file:PATH,"
                                + " exec:COMMAND, aws:NAME, gcp:projects/P/secrets/S or vault:MOUNT/PATH#FIELD, never the secret"
                                + " itself",
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

    @Test
    void variantsAreToldApartByTheirWord() {
        Shape auth = Shape.variant("kind", "How to log in.")
                .when("bearer", Shape.object("A token in a header."))
                .when("query", Shape.object("A key in the address.").required("name", Shape.text(), "The parameter."));

        assertEquals("key", tree(auth, "{kind: query, name: key}").text("name"));
        assertEquals(List.of("p.yaml:1 lacks the key 'kind', one of bearer, query"), faults(auth, "name: key"));
        assertEquals(
                List.of("p.yaml:1 kind: \"baerer\" is not allowed; did you mean 'bearer'?"),
                faults(auth, "kind: baerer"));
        assertEquals(
                List.of("p.yaml:2 name: is not a known key; known here: kind"), faults(auth, "kind: bearer\nname: x"));
    }

    @Test
    void exactlyOneOfSeveralKeysIsAsked() {
        Shape rule = Shape.object("A rule.")
                .optional("all", Shape.text(), "All.")
                .optional("any", Shape.text(), "Any.")
                .exactlyOne("all", "any");

        assertEquals(List.of(), faults(rule, "all: x"));
        assertEquals(List.of("p.yaml:1 needs exactly one of all, any, but has none"), faults(rule, "{}"));
        assertEquals(
                List.of("p.yaml:1 needs exactly one of all, any, but has all and any"),
                faults(rule, "{all: x, any: y}"));
    }

    @Test
    void aShapeMayContainItself() {
        Shape condition = Shape.recursive(
                "condition",
                self -> Shape.either(
                        Shape.text(), Shape.object("A condition.").required("not", self, "What must not hold.")));

        assertEquals("x", tree(condition, "not: {not: x}").at("not").text("not"));
        assertEquals(
                List.of(
                        "p.yaml:1 not.nto: is not a known key; did you mean 'not'?",
                        "p.yaml:1 not: lacks the key 'not': What must not hold."),
                faults(condition, "not: {nto: x}"));
        assertTrue(condition.toJsonSchema("Condition").contains("\"$ref\": \"#/$defs/condition\""));
    }

    @Test
    void numbersInQuotesAreTextAndNumbersAreNot() {
        assertEquals(List.of("p.yaml:1 name: \"12\" is not text; write it in quotes"), faults(PROVIDER, "name: 12"));
        assertEquals(
                List.of("p.yaml:1 tries: \"3\" is not a whole number from 1 to 10"),
                faults(PROVIDER, "{name: a, tries: '3'}"));
        assertEquals(List.of("p.yaml:1 name: has no value; give it one or remove the key"), faults(PROVIDER, "name:"));
    }

    @Test
    void theSchemaIsTheSameTextEveryTime() {
        assertEquals(PROVIDER.toJsonSchema("P"), PROVIDER.toJsonSchema("P"));
    }

    @Test
    void aDefaultThatItsShapeRefusesIsABug() {
        assertThrows(IllegalArgumentException.class, () -> Shape.object("x")
                .withDefault("tries", Shape.integer(1, 3), "4", "Tries."));
    }
}
