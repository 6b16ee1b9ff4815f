package io.tributary.jobs.ask;

import io.tributary.jobs.plan.ProviderCatalog;
import io.tributary.merge.FreshnessPolicy;
import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.provider.Operation;
import io.tributary.provider.Pending;
import io.tributary.provider.ProviderSpec;
import io.tributary.provider.ReAsk;
import io.tributary.wanted.WantedFields;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalog that is shipped: texts travel, specs are made from them once where they arrive. */
public final class ShippedCatalog implements ProviderCatalog {
    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, ProviderText> texts;
    private final EnumMap<EntityKind, List<String>> waterfalls;
    private final WantedFields wanted;
    private transient Map<String, ProviderSpec> specs;

    /** Of which nothing in particular is wanted. */
    public ShippedCatalog(List<ProviderText> providers, Map<EntityKind, List<String>> waterfalls) {
        this(providers, waterfalls, WantedFields.NOTHING);
    }

    /** @param wanted the fields for which the providers are asked */
    public ShippedCatalog(List<ProviderText> providers, Map<EntityKind, List<String>> waterfalls, WantedFields wanted) {
        this.wanted = wanted;
        this.texts = new LinkedHashMap<>();
        providers.forEach(provider -> texts.put(provider.name(), provider));
        this.waterfalls = new EnumMap<>(EntityKind.class);
        waterfalls.forEach((entity, names) -> this.waterfalls.put(entity, List.copyOf(names)));
    }

    /** The providers, by name. */
    public Map<String, ProviderText> texts() {
        return java.util.Collections.unmodifiableMap(texts);
    }

    /**
     * @throws IllegalArgumentException if there is no such provider
     */
    public synchronized ProviderSpec spec(String provider) {
        if (specs == null) {
            specs = new LinkedHashMap<>();
        }
        ProviderText text = texts.get(provider);
        if (text == null) {
            throw new IllegalArgumentException("no provider is called " + provider);
        }
        return specs.computeIfAbsent(provider, name -> text.spec());
    }

    /** The most that one ask can cost; 0 if no file describes it any more. */
    public double worstCredits(String provider, String operation) {
        return texts.containsKey(provider) && spec(provider).describes(operation)
                ? spec(provider).worstCaseCredits(operation)
                : 0;
    }

    @Override
    public List<String> waterfall(EntityKind entity) {
        return waterfalls.getOrDefault(entity, List.of());
    }

    @Override
    public WantedFields wanted() {
        return wanted;
    }

    @Override
    public Optional<Operation> operation(String provider, EntityKind entity, Identifiers inputs) {
        return spec(provider).operationFor(entity, inputs);
    }

    @Override
    public Optional<Operation> resumption(String provider, Pending pending) {
        return spec(provider).resumption(pending);
    }

    @Override
    public FreshnessPolicy freshness(String provider) {
        ProviderText text = texts.get(provider);
        return text == null ? FreshnessPolicy.defaults() : text.freshness();
    }

    @Override
    public ReAsk reAsk(String provider) {
        return texts.get(provider).reAsk();
    }
}
