package io.tributary.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.yaml.FaultsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportSettingsTest {
    @TempDir
    Path dir;

    private ImportSettings load(String text) {
        SettingsFolder folder = SettingsFolder.in(dir);
        Settings pipeline = folder.load(SettingsFolder.GOOD);
        folder.write("import.yaml", text);
        return ImportSettings.load(dir.resolve("import.yaml"), pipeline);
    }

    @Test
    void anImportIsASourceWithAProviderAndADay() {
        ImportSettings read = load("""
                {name: bought, provider: acme, object: contact, format: csv, path: bought.csv, mapping: people,
                 as-of: 2026-05-31, confidence: 0.7}
                """);

        assertEquals("acme", read.provider());
        assertEquals(Optional.of(0.7), read.confidence());
        assertEquals(Optional.of(Instant.parse("2026-05-31T00:00:00Z")), read.asOf());
        assertEquals(dir.resolve("bought.csv").toString(), read.source().path());
    }

    @Test
    void everyFaultIsToldAtOnce() {
        FaultsException refused = assertThrows(FaultsException.class, () -> load("""
                        {name: bought, provider: acmee, object: contact, format: csv, path: bought.csv, mapping: firms,
                         as-of: 2026-02-31}
                        """));
        String all = refused.faults().stream().map(Object::toString).collect(Collectors.joining("\n"));
        assertTrue(all.contains("is no provider of the pipeline; it has acme"), all);
        assertTrue(all.contains("is no day"), all);
        assertTrue(all.contains("describes a company"), all);
        assertTrue(all.contains("confidence-column"), all);
    }
}
