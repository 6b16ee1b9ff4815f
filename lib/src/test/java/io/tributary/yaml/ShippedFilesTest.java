package io.tributary.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tributary.mapping.MappingShape;
import io.tributary.provider.SpecShape;
import io.tributary.settings.PipelineShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files that ship, against the schemas that ship, with an independent validator. */
class ShippedFilesTest {

    private static final Path CONF = Path.of("../conf");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static List<Path> mappings() throws IOException {
        try (Stream<Path> files = Files.list(CONF.resolve("mappings"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("mappings")
    void everyMappingFitsItsSchemaAndItsShape(Path file) throws IOException {
        JsonNode content = json(file);

        assertEquals(List.of(), errors("mapping.schema.json", content));
        assertEquals(List.of(), faults(MappingShape.SHAPE, file));
    }

    static List<Path> providers() throws IOException {
        try (Stream<Path> files = Files.list(CONF.resolve("providers"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void everyProviderFitsItsSchemaAndItsShape(Path file) throws IOException {
        assertEquals(List.of(), errors("provider.schema.json", json(file)));
        assertEquals(List.of(), faults(SpecShape.SPEC, file));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void theProviderSchemaRefusesAnUnknownKey(Path file) throws IOException {
        String operation =
                "/operations/" + json(file).path("operations").fieldNames().next();
        for (String place : List.of("", "/auth", operation, operation + "/request")) {
            JsonNode content = json(file);
            ((ObjectNode) content.at(place)).put("unheard-of", 1);

            assertFalse(errors("provider.schema.json", content).isEmpty(), "accepted at '" + place + "'");
        }
    }

    @Test
    void thePipelineFitsItsSchemaAndItsShape() throws IOException {
        Path file = CONF.resolve("pipeline.yaml");

        assertEquals(List.of(), errors("pipeline.schema.json", json(file)));
        assertEquals(List.of(), faults(PipelineShape.SHAPE, file));
    }

    @Test
    void thePipelineSchemaRefusesAnUnknownKeyAnywhere() throws IOException {
        List<String> places =
                List.of("", "/lake", "/sources/0", "/providers/hunter", "/waterfall", "/merge", "/budget");
        for (String place : places) {
            JsonNode content = json(CONF.resolve("pipeline.yaml"));
            ((ObjectNode) content.at(place)).put("unheard-of", 1);

            assertFalse(errors("pipeline.schema.json", content).isEmpty(), "accepted at '" + place + "'");
        }
    }

    @Test
    void theMappingSchemaRefusesAnUnknownKeyAnywhere() throws IOException {
        for (String place : List.of("", "/fields", "/identifiers", "/life-cycle")) {
            JsonNode content = json(CONF.resolve("mappings/salesforce-contact.yaml"));
            ((ObjectNode) content.at(place)).put("unheard-of", "x");

            assertFalse(errors("mapping.schema.json", content).isEmpty(), "accepted at '" + place + "'");
        }
    }

    /** What one of them refuses, the other refuses too: an editor and the program must not disagree. */
    @Test
    void schemaAndShapeRefuseTheSameValues() throws IOException {
        List<String> bad = List.of(
                "journal: {max-age: 1 hr}",
                "journal: {max-answers: 0}",
                "allow-test-hosts: 'yes'",
                "limits: {tries: 1.5}",
                "freshness: {confident-above: 1.1}",
                "unknown-outcome: never",
                "http: {proxy: 'http://me:secret@proxy:1'}",
                "merge: {person: {revenue: never}}",
                "life-cycle: [true]",
                "allow-test-hosts:");
        String rest = Files.readString(CONF.resolve("pipeline.yaml"))
                .replaceAll("(?m)^(merge|freshness|life-cycle):\\n(  .*\\n)+", "");
        for (String one : bad) {
            Faults faults = new Faults();
            YamlNode node =
                    YamlFile.read("bad.yaml", rest + "\n" + one + "\n", faults).orElseThrow();
            PipelineShape.SHAPE.check(node, faults);

            assertEquals(1, faults.list().size(), one + " " + faults.list());
            assertFalse(errors("pipeline.schema.json", Json.of(MAPPER, node)).isEmpty(), one);
        }
    }

    private static List<String> faults(Shape shape, Path file) {
        Faults faults = new Faults();
        YamlFile.read(file, faults).ifPresent(node -> shape.check(node, faults));
        return faults.list().stream().map(Fault::toString).toList();
    }

    private static JsonNode json(Path file) {
        Faults faults = new Faults();
        JsonNode json = Json.of(MAPPER, YamlFile.read(file, faults).orElseThrow());
        faults.throwIfAny();
        return json;
    }

    private static List<String> errors(String schema, JsonNode content) throws IOException {
        Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(CONF.resolve("schema").resolve(schema)));
        return compiled.validate(content).stream().map(Error::toString).toList();
    }
}
