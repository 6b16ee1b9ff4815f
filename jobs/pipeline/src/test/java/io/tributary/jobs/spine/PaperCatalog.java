package io.tributary.jobs.spine;

import io.tributary.jobs.plan.ProviderCatalog;
import io.tributary.merge.FreshnessPolicy;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Identifiers;
import io.tributary.provider.Ask;
import io.tributary.provider.HttpAnswer;
import io.tributary.provider.HttpCall;
import io.tributary.provider.Operation;
import io.tributary.provider.Pending;
import io.tributary.provider.ReAsk;
import io.tributary.provider.Reading;
import io.tributary.wanted.WantedFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Providers that exist on paper: they accept any e-mail or domain, cost one credit, and can't be called.
 *
 * @param brings what their answers may fill; a provider that is not named here may fill everything
 */
public record PaperCatalog(List<String> providers, ReAsk reAsk, WantedFields wanted, Map<String, Set<Field>> brings)
        implements ProviderCatalog {
    /** These bill a second ask. */
    public PaperCatalog(List<String> providers) {
        this(providers, ReAsk.ASK_AGAIN);
    }

    public PaperCatalog(List<String> providers, ReAsk reAsk) {
        this(providers, reAsk, WantedFields.NOTHING, Map.of());
    }

    @Override
    public List<String> waterfall(EntityKind entity) {
        return providers;
    }

    @Override
    public Optional<Operation> operation(String provider, EntityKind entity, Identifiers inputs) {
        return Optional.of(paper(provider, entity))
                .filter(operation -> operation.accepts(inputs))
                .map(o -> o);
    }

    /** What has a job can be fetched. */
    @Override
    public Optional<Operation> resumption(String provider, Pending pending) {
        return pending.jobId().isEmpty()
                ? Optional.empty()
                : Optional.of(paper(provider, EntityKind.of(pending.operation())));
    }

    @Override
    public FreshnessPolicy freshness(String provider) {
        return FreshnessPolicy.defaults();
    }

    @Override
    public ReAsk reAsk(String provider) {
        return reAsk;
    }

    private PaperOperation paper(String provider, EntityKind entity) {
        return new PaperOperation(provider, entity, brings.getOrDefault(provider, Set.copyOf(Field.of(entity))));
    }

    private record PaperOperation(String provider, EntityKind entity, Set<Field> brings) implements Operation {
        @Override
        public String name() {
            return entity.id();
        }

        @Override
        public int batchSize() {
            return 1;
        }

        @Override
        public double worstCaseCredits() {
            return 1;
        }

        @Override
        public String endpoint() {
            return "/";
        }

        @Override
        public boolean accepts(Identifiers inputs) {
            return inputs.has(Identifiers.Input.EMAIL) || inputs.has(Identifiers.Input.DOMAIN);
        }

        @Override
        public String canonicalInput(Identifiers inputs) {
            return inputs.values().toString();
        }

        @Override
        public HttpCall render(List<Ask> asks) {
            throw new AssertionError("paper can't be called");
        }

        @Override
        public Reading read(List<Ask> asks, HttpAnswer answer) {
            throw new AssertionError("paper can't be called");
        }
    }
}
