package io.tributary.settings;

import io.tributary.merge.FieldRules;
import io.tributary.merge.FreshnessPolicy;
import io.tributary.model.EntityKind;
import io.tributary.wanted.WantedFields;
import io.tributary.yaml.Faults;
import io.tributary.yaml.FaultsException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All settings of a pipeline, checked. Immutable; stays on the driver, only its parts are shipped.
 *
 * @param folder the folder of the settings, absolute
 * @param sources at least one, names unique
 * @param providers by name, in the file's order; disabled ones too
 * @param waterfall per entity the names of the providers in the order of asking; disabled ones are left out
 * @param explored the entities whose order is measured ({@code order: auto}), each with the share of keys that explores
 * @param wanted the fields for which providers are asked, of both entities; nothing if the first match is enough
 * @param freshness how long answers count, where a provider has nothing of its own
 * @param merge which provider values reach the golden tables
 * @param budget what may be spent at all providers together, and on whom first
 * @param allowTestHosts whether reserved hosts such as example.com may be sent to a provider
 * @param currency of all prices, three capital letters
 */
public record Settings(
        Path folder,
        LakeSettings lake,
        List<SourceSettings> sources,
        Map<String, ProviderSettings> providers,
        Map<EntityKind, List<String>> waterfall,
        Map<EntityKind, Double> explored,
        WantedFields wanted,
        FreshnessPolicy freshness,
        FieldRules merge,
        BudgetSettings budget,
        SharingSettings sharing,
        JournalSettings journal,
        LimitSettings limits,
        LifeCycleSettings lifeCycle,
        RetentionSettings retention,
        HttpSettings http,
        boolean allowTestHosts,
        UnknownOutcome unknownOutcome,
        String currency) {

    public Settings {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(lake, "lake");
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(unknownOutcome, "unknownOutcome");
        sources = List.copyOf(sources);
        providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
        Map<EntityKind, List<String>> copy = new EnumMap<>(EntityKind.class);
        for (EntityKind entity : EntityKind.values()) {
            copy.put(entity, List.copyOf(waterfall.getOrDefault(entity, List.of())));
        }
        waterfall = Collections.unmodifiableMap(copy);
        explored = Map.copyOf(explored);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a pipeline needs a source");
        }
        for (List<String> names : waterfall.values()) {
            if (!providers.keySet().containsAll(names)) {
                throw new IllegalArgumentException("a waterfall names a provider that is not there");
            }
        }
    }

    /** What the credits of the providers cost that have a price. */
    public Prices prices() {
        Map<String, BigDecimal> prices = new LinkedHashMap<>();
        providers.forEach((name, provider) -> provider.pricePerCredit().ifPresent(price -> prices.put(name, price)));
        return new Prices(currency, prices);
    }

    /** The providers to ask for an entity, in order. */
    public List<ProviderSettings> providersFor(EntityKind entity) {
        return waterfall.get(entity).stream().map(providers::get).toList();
    }

    /** Checks a provider's spec; lets its faults be shown together with all others. */
    @FunctionalInterface
    public interface SpecCheck {
        /**
         * @param file an existing file
         * @param name how faults call it
         */
        void check(Path file, String name, Faults faults);
    }

    /**
     * Reads and checks the settings and the mappings they name.
     *
     * @param conf the file, or a folder with {@code pipeline.yaml}
     * @param overrides {@code path=value} each, see {@link io.tributary.yaml.Overrides}
     * @throws FaultsException listing every fault of every file
     */
    public static Settings load(Path conf, List<String> overrides) {
        return load(conf, overrides, (file, name, faults) -> {});
    }

    /** As {@link #load(Path, List)}, and checks the specs of all enabled providers too. */
    public static Settings load(Path conf, List<String> overrides, SpecCheck specs) {
        Faults faults = new Faults();
        Optional<Settings> settings = new SettingsReader(conf, specs, faults).read(overrides);
        faults.throwIfAny();
        return settings.orElseThrow();
    }
}
