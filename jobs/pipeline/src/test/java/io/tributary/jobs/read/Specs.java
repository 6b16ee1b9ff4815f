package io.tributary.jobs.read;

import io.tributary.mapping.ColumnMapping;
import io.tributary.mapping.LifeCycle;
import io.tributary.mapping.MappingShape;
import io.tributary.model.EntityKind;
import io.tributary.settings.RejectLimit;
import io.tributary.settings.SourceSettings;
import io.tributary.settings.SourceSettings.CrmObject;
import io.tributary.settings.SourceSettings.Format;
import io.tributary.yaml.Faults;
import io.tributary.yaml.Tree;
import io.tributary.yaml.YamlFile;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sources over the test data. */
final class Specs {
    private Specs() {}

    /** A file of the test data. */
    static String data(String name) {
        try {
            return Path.of(Specs.class.getResource("/data/" + name).toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    /** People with {@code id}, {@code name}, {@code email} and {@code company}; everything else is carried. */
    static ColumnMapping plainPeople() {
        return new ColumnMapping(
                EntityKind.PERSON,
                List.of("id"),
                List.of("account"),
                List.of("modified"),
                Map.of("name.full", List.of("name"), "email", List.of("email"), "company.name", List.of("company")),
                Map.of(),
                LifeCycle.NONE,
                Map.of(),
                Set.of());
    }

    /** A mapping that ships with the project. */
    static ColumnMapping shipped(String name) {
        return mapping(Path.of("../../conf/mappings/" + name + ".yaml"));
    }

    static ColumnMapping mapping(Path file) {
        Faults faults = new Faults();
        Optional<Tree> tree =
                YamlFile.read(file, file.toString(), faults).map(node -> MappingShape.SHAPE.check(node, faults));
        faults.throwIfAny();
        return MappingShape.read(tree.orElseThrow());
    }

    /** A source of one CRM with a mapping that ships. */
    static SourceSettings source(String crm, CrmObject object, Format format, String path, ColumnMapping mapping) {
        return new SourceSettings(
                crm + "-" + object.id(),
                crm,
                object,
                format,
                path,
                "UTF-8",
                "",
                format == Format.JSON ? "records" : "",
                true,
                false,
                0.2,
                new RejectLimit.Share(1),
                mapping);
    }

    static SourceSettings contacts(String path, Format format, ColumnMapping mapping) {
        return new SourceSettings(
                "contacts",
                "crm",
                CrmObject.CONTACT,
                format,
                path,
                "UTF-8",
                "",
                "",
                true,
                false,
                0.2,
                new RejectLimit.Share(1),
                mapping);
    }
}
