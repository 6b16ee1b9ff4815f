package io.tributary.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.mapping.MappingShape;
import io.tributary.provider.SpecShape;
import io.tributary.yaml.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Run with {@code -Dtributary.update=true} to write the files anew. */
class GeneratedFilesTest {

    private static final Path PROJECT = Path.of("..");

    @Test
    void pipelineSchemaIsWhatTheShapeSays() throws IOException {
        same("conf/schema/pipeline.schema.json", PipelineShape.SHAPE.toJsonSchema("Settings of a Tributary pipeline"));
    }

    @Test
    void mappingSchemaIsWhatTheShapeSays() throws IOException {
        same("conf/schema/mapping.schema.json", MappingShape.SHAPE.toJsonSchema("Column mapping of a CRM extract"));
    }

    @Test
    void importSchemaIsWhatTheShapeSays() throws IOException {
        same(
                "conf/schema/import.schema.json",
                ImportSettings.SHAPE.toJsonSchema("What was bought elsewhere, for import-history"));
    }

    @Test
    void providerSchemaIsWhatTheShapeSays() throws IOException {
        same(
                "conf/schema/provider.schema.json",
                SpecShape.SPEC.toJsonSchema("A provider: how to ask it, how to read it"));
    }

    @Test
    void referencePageIsWhatTheShapesSay() throws IOException {
        String page = """
                # Settings

                This page is written from the code; to write it anew, with the JSON Schemas beside `conf`:
                `mvn -q -pl lib test -Dtest=GeneratedFilesTest -Dtributary.update=true`.

                Relative paths start at the folder of the settings file. For one run, `--set path=value` replaces a value:
                `--set journal.max-age=2s`, `--set sources[contacts].path=today.csv` (there a relative path starts at the
                working directory), `--set merge.person[name.first]=never`. Durations are written `500ms`, `30s`, `15m`,
                `1h` or `30d`.

                """
                + Reference.of("pipeline.yaml", PipelineShape.SHAPE)
                + "\n"
                + Reference.of("mappings/*.yaml", MappingShape.SHAPE)
                + "\n"
                + Reference.of("providers/*.yaml", SpecShape.SPEC)
                + "\n"
                + Reference.of("import-history FILE", ImportSettings.SHAPE);
        same("docs/settings.md", page);
    }

    private static void same(String file, String text) throws IOException {
        Path path = PROJECT.resolve(file);
        if (Boolean.getBoolean("tributary.update")) {
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        }
        assertEquals(
                text,
                Files.readString(path),
                file + " is out of date; run mvn -q -pl lib test -Dtest=GeneratedFilesTest -Dtributary.update=true");
    }
}
