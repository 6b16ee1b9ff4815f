package io.tributary.settings;

import io.tributary.mapping.ColumnMapping;
import io.tributary.mapping.MappingShape;
import io.tributary.yaml.Faults;
import io.tributary.yaml.FaultsException;
import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;
import io.tributary.yaml.YamlFile;
import io.tributary.yaml.YamlNode;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;

/**
 * What was bought before there was this lake: a provider's export, or a file that was enriched elsewhere.
 *
 * @param provider one of the pipeline's providers; what it knew then counts as its answer
 * @param source the files, and what their columns mean: the mapping's {@code modified-at} is the day of each answer
 * @param asOf the day of answers that tell none
 * @param confidence of all rows; empty if a column tells it
 * @param confidenceColumn empty if all rows have one
 * @param confidenceScale the column's greatest value
 */
public record ImportSettings(
        String provider,
        SourceSettings source,
        Optional<Instant> asOf,
        Optional<Double> confidence,
        Optional<String> confidenceColumn,
        double confidenceScale) {

    /** An import is a source of which a provider is known. */
    public static final ObjectShape SHAPE = SourceSettings.SHAPE
            .required("provider", Shape.text(), "Whose answers these are; one of the pipeline's providers.")
            .optional(
                    "as-of",
                    Shape.matching("[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day such as 2026-05-31"),
                    "The day of answers whose row tells none by the mapping's modified-at.")
            .optional("confidence", Shape.decimal(0, 1), "How sure all of these answers are.")
            .optional("confidence-column", Shape.text(), "The column that tells it for each row.")
            .withDefault(
                    "confidence-scale",
                    Shape.decimal(1, 1_000_000),
                    "1",
                    "The greatest value of that column, such as 100 for scores from 0 to 100.")
            .exactlyOne("confidence", "confidence-column");

    public ImportSettings {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(asOf, "asOf");
        if (provider.isBlank() || confidence.isPresent() == confidenceColumn.isPresent()) {
            throw new IllegalArgumentException("an import has a provider, and a confidence or a column of it");
        }
    }

    /** The same, of another day. */
    public ImportSettings asOf(Instant day) {
        return new ImportSettings(provider, source, Optional.of(day), confidence, confidenceColumn, confidenceScale);
    }

    /**
     * Reads the file of an import.
     *
     * @param pipeline relative paths start at its folder, and its providers are those that may be named
     * @throws FaultsException listing every fault
     */
    public static ImportSettings load(Path file, Settings pipeline) {
        Faults faults = new Faults();
        Places places = new Places(pipeline.folder());
        Optional<YamlNode> content = YamlFile.read(file, places.shown(file.toAbsolutePath()), faults);
        Optional<Tree> tree = content.map(node -> SHAPE.check(node, faults));
        Optional<Tree> mapping = tree.flatMap(found -> checked(found, pipeline, places, faults));
        faults.throwIfAny();
        return of(tree.orElseThrow(), MappingShape.read(mapping.orElseThrow()), places);
    }

    private static Optional<Tree> checked(Tree tree, Settings pipeline, Places places, Faults faults) {
        SourceSettings.check(tree, faults);
        tree.find("provider")
                .filter(name -> !pipeline.providers().containsKey(name.text()))
                .ifPresent(name -> faults.add(name.fault("is no provider of the pipeline; it has "
                        + String.join(", ", pipeline.providers().keySet()))));
        tree.find("as-of").filter(day -> day(day).isEmpty()).ifPresent(day -> faults.add(day.fault("is no day")));
        Optional<Tree> mapping = tree.find("mapping").flatMap(new Mappings(places, faults)::read);
        mapping.ifPresent(found -> PipelineRules.checkEntity(tree, found, faults));
        return mapping;
    }

    private static ImportSettings of(Tree tree, ColumnMapping mapping, Places places) {
        return new ImportSettings(
                tree.text("provider"),
                SourceSettings.of(tree, mapping, places),
                tree.find("as-of").flatMap(ImportSettings::day),
                tree.find("confidence").map(Tree::decimal),
                tree.find("confidence-column").map(Tree::text),
                tree.decimal("confidence-scale"));
    }

    private static Optional<Instant> day(Tree text) {
        try {
            return Optional.of(
                    LocalDate.parse(text.text()).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
