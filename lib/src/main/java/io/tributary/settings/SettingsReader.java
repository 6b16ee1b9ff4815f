package io.tributary.settings;

import io.tributary.mapping.ColumnMapping;
import io.tributary.mapping.MappingShape;
import io.tributary.merge.FreshnessPolicy;
import io.tributary.yaml.Faults;
import io.tributary.yaml.Nearest;
import io.tributary.yaml.Overrides;
import io.tributary.yaml.Tree;
import io.tributary.yaml.YamlFile;
import io.tributary.yaml.YamlNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads all files of the settings, gathers every fault, and makes the records when there is none. One use each. */
final class SettingsReader {

    private static final String FILE = "pipeline.yaml";

    private final Path file;
    private final Places places;
    private final Settings.SpecCheck specs;
    private final Faults faults;
    private final Mappings mappings;

    SettingsReader(Path conf, Settings.SpecCheck specs, Faults faults) {
        Path given = conf.toAbsolutePath().normalize();
        this.file = Files.isDirectory(given) ? given.resolve(FILE) : given;
        this.places = new Places(file.getParent());
        this.specs = specs;
        this.faults = faults;
        this.mappings = new Mappings(places, faults);
    }

    /** Empty if there is any fault. */
    Optional<Settings> read(List<String> overrides) {
        Optional<YamlNode> content = YamlFile.read(file, faults);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        Tree tree = PipelineShape.SHAPE.check(Overrides.apply(content.get(), overrides, faults), faults);
        Map<String, Tree> mappingOf = checkSources(tree);
        PipelineRules.check(tree, faults);
        checkFiles(tree);
        return faults.isEmpty() ? Optional.of(settings(tree, mappingOf)) : Optional.empty();
    }

    private Map<String, Tree> checkSources(Tree tree) {
        Map<String, Tree> mappingOf = new LinkedHashMap<>();
        for (Tree source : tree.list("sources")) {
            Optional<Tree> mapping = source.find("mapping").flatMap(mappings::read);
            mapping.ifPresent(found -> {
                mappingOf.put(source.path(), found);
                PipelineRules.checkEntity(source, found, faults);
            });
        }
        return mappingOf;
    }

    private void checkFiles(Tree tree) {
        tree.entries("providers").forEach((name, provider) -> {
            if (provider.find("enabled").map(Tree::flag).orElse(true)) {
                checkSpec(name, provider);
            }
        });
        tree.find("http")
                .flatMap(http -> http.find("ca-bundle"))
                .filter(bundle -> !Files.isReadable(Path.of(places.resolve(bundle))))
                .ifPresent(bundle -> faults.add(bundle.fault("there is no such file")));
    }

    private void checkSpec(String name, Tree provider) {
        Path spec = Path.of(ProviderSettings.specPath(name, provider, places));
        if (Files.isReadable(spec)) {
            specs.check(spec, places.shown(spec), faults);
            return;
        }
        Tree at = provider.find("spec").orElse(provider);
        List<String> shipped = Folder.yamlNames(places.folder().resolve("providers"));
        String remedy = provider.has("spec") ? "" : Nearest.remedy(name, shipped);
        faults.add(at.fault("there is no spec " + places.shown(spec) + remedy));
    }

    private Settings settings(Tree tree, Map<String, Tree> mappingOf) {
        LakeSettings lake = LakeSettings.of(tree.at("lake"), places);
        LimitSettings limits = LimitSettings.of(tree.at("limits"));
        FreshnessPolicy freshness = FreshnessSettings.of(tree.at("freshness"), FreshnessPolicy.defaults());
        List<SourceSettings> sources = new ArrayList<>();
        for (Tree source : tree.list("sources")) {
            ColumnMapping mapping = MappingShape.read(mappingOf.get(source.path()));
            sources.add(SourceSettings.of(source, mapping, places));
        }
        Map<String, ProviderSettings> providers = new LinkedHashMap<>();
        tree.entries("providers")
                .forEach((name, provider) ->
                        providers.put(name, ProviderSettings.of(name, provider, freshness, limits, places)));
        return new Settings(
                places.folder(),
                lake,
                sources,
                providers,
                WaterfallSettings.orders(tree.at("waterfall"), providers),
                WaterfallSettings.explored(tree.at("waterfall")),
                WaterfallSettings.wanted(tree.at("waterfall")),
                freshness,
                MergeSettings.of(tree.at("merge")),
                BudgetSettings.of(tree.at("budget")),
                SharingSettings.of(tree.at("sharing"), lake, places),
                JournalSettings.of(tree.at("journal"), lake, places),
                limits,
                LifeCycleSettings.of(tree.at("life-cycle")),
                RetentionSettings.of(tree.at("retention")),
                HttpSettings.of(tree.at("http"), places),
                tree.flag("allow-test-hosts"),
                UnknownOutcome.valueOf(SourceSettings.constant(tree.text("unknown-outcome"))),
                tree.text("currency"));
    }
}
