package io.tributary.jobs.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which fields an answer has, without a word of what stands in them. */
class FieldPathsTest {
    private static List<String> of(String json) {
        return FieldPaths.of(json).stream()
                .map(field -> field.path() + " " + field.type())
                .toList();
    }

    @Test
    void namesEveryFieldAtEveryDepthWithItsType() {
        assertEquals(
                List.of(
                        "jobs array",
                        "jobs[] object",
                        "jobs[].years number",
                        "person object",
                        "person.active boolean",
                        "person.name string",
                        "person.phone null"),
                of("""
                        {"person": {"name": "Ada", "active": true, "phone": null},
                         "jobs": [{"years": 3}, {"years": 4.5}]}
                        """));
    }

    @Test
    void tellsBothTypesOfAFieldThatHasTwo() {
        assertEquals(List.of("a array", "a[] number", "a[] string"), of("{\"a\": [1, \"1\"]}"));
    }

    @Test
    void namesThatAreNoNamesOfFieldsAreNotKept() {
        assertEquals(
                Set.of("people", "people.*", "people.*.title"),
                FieldPaths.of("""
                                {"people": {"ada@acme.com": {"title": "VP"}, "5f2a9c1177": {"title": "CTO"},
                                            "Ada Lovelace": {"title": "CEO"}}}
                                """).stream().map(FieldPaths.Typed::path).collect(Collectors.toSet()));
    }

    @Test
    void whatIsNoJsonHasNoFields() {
        assertEquals(List.of(), of("<html>"));
        assertEquals(List.of(), of(""));
        assertEquals(List.of(), of("12"));
    }
}
