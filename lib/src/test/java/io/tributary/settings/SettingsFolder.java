package io.tributary.settings;

import io.tributary.yaml.Fault;
import io.tributary.yaml.FaultsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder of settings to try things on: one mapping for contacts, one for accounts, one empty spec. */
record SettingsFolder(Path path) {

    static final String GOOD = """
            lake: {root: lake}
            sources:
              - {name: contacts, object: contact, format: csv, path: c.csv, mapping: people}
            providers:
              acme: {keys: [env:ACME], max-credits-per-run: 10}
            waterfall: {person: [acme]}
            """;

    static SettingsFolder in(Path path) {
        SettingsFolder folder = new SettingsFolder(path);
        folder.write("mappings/people.yaml", "entity: person\nrecord-id: Id\nfields: {email: Email}\n");
        folder.write("mappings/firms.yaml", "entity: company\nrecord-id: Id\nfields: {name: Name}\n");
        folder.write("providers/acme.yaml", "");
        return folder;
    }

    SettingsFolder write(String file, String text) {
        try {
            Path target = path.resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Settings load(String pipeline, String... overrides) {
        write("pipeline.yaml", pipeline);
        return Settings.load(path, List.of(overrides));
    }

    /** Every fault as the user sees it; none if it loads. */
    List<String> faults(String pipeline, String... overrides) {
        try {
            load(pipeline, overrides);
            return List.of();
        } catch (FaultsException e) {
            return e.faults().stream().map(Fault::toString).toList();
        }
    }
}
