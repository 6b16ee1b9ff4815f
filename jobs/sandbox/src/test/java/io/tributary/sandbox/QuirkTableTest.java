package io.tributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.sandbox.dialect.Dialect;
import io.tributary.sandbox.dialect.Quirk;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The tables of the README are made from the code; {@code -Dtributary.update=true} writes them anew. */
class QuirkTableTest {
    private static final Path README = Path.of("README.md");
    private static final String FROM = "### Quirks of `example`\n";
    private static final String TO = "\n## ";

    @Test
    void theReadmeListsEveryQuirkWithItsUsualRate() throws IOException {
        if (Boolean.getBoolean("tributary.update")) {
            String page = Files.readString(README);
            int from = page.indexOf(FROM);
            Files.writeString(README, page.substring(0, from) + tables() + page.substring(page.indexOf(TO, from)));
        }
        String page = Files.readString(README);
        int from = page.indexOf(FROM);
        assertEquals(tables(), page.substring(from, page.indexOf(TO, from)));
    }

    private static String tables() {
        StringBuilder tables = new StringBuilder();
        for (Dialect dialect : Gateway.DIALECTS) {
            tables.append(tables.isEmpty() ? "" : "\n")
                    .append("### Quirks of `")
                    .append(dialect.provider())
                    .append("`\n\n| quirk | usual | switched | what happens |\n| --- | --- | --- | --- |\n");
            dialect.quirks().forEach(quirk -> tables.append(row(dialect.provider(), quirk)));
        }
        return tables.toString();
    }

    private static String row(String provider, Quirk quirk) {
        return "| `" + provider + "." + quirk.name() + "` | "
                + BigDecimal.valueOf(quirk.usual()).stripTrailingZeros().toPlainString() + " | "
                + (quirk.byName() ? "by name" : "") + " | " + quirk.what() + " |\n";
    }
}
