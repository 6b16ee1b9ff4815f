package io.tributary.jobs.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the tables of a lake are declared to have, as long as the schema version stands for it. */
class DeclaredTablesTest {
    private static final Path DECLARED = Path.of("src/test/resources/expected/lake-schema.txt");

    @Test
    void aVersionStandsForOneDeclarationOnly() throws IOException {
        StringBuilder text = new StringBuilder("schema version " + SchemaVersion.CURRENT + "\n");
        new Lake(name -> new TableRef("/" + name)).all().forEach((name, table) -> text.append(name)
                .append(": ")
                .append(table.schema().catalogString())
                .append('\n'));
        if (Boolean.getBoolean("tributary.update")) {
            Files.writeString(DECLARED, text);
        }
        assertEquals(
                Files.readString(DECLARED),
                text.toString(),
                "a table is declared otherwise: if a release has carried this schema version, raise"
                        + " SchemaVersion.CURRENT; then rewrite by -Dtributary.update=true");
    }
}
