package io.tributary.jobs.spine;

import io.tributary.jobs.plan.ProviderCatalog;
import io.tributary.merge.FreshnessPolicy;
import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.provider.Ask;
import io.tributary.provider.HttpAnswer;
import io.tributary.provider.HttpCall;
import io.tributary.provider.Operation;
import io.tributary.provider.Pending;
import io.tributary.provider.ReAsk;
import io.tributary.provider.Reading;
import java.util.List;
import java.util.Optional;

/** Providers that exist on paper: they accept any e-mail or domain, cost one credit, and can't be called. */
public record PaperCatalog(List<String> providers, ReAsk reAsk) implements ProviderCatalog {
    /** These bill a second ask. */
    public PaperCatalog(List<String> providers) {
        this(providers, ReAsk.ASK_AGAIN);
    }

    @Override
    public List<String> waterfall(EntityKind entity) {
        return providers;
    }

    @Override
    public Optional<Operation> operation(String provider, EntityKind entity, Identifiers inputs) {
        return Optional.of(new PaperOperation(provider, entity))
                .filter(operation -> operation.accepts(inputs))
                .map(o -> o);
    }

    /** What has a job can be fetched. */
    @Override
    public Optional<Operation> resumption(String provider, Pending pending) {
        return pending.jobId().isEmpty()
                ? Optional.empty()
                : Optional.of(new PaperOperation(provider, EntityKind.of(pending.operation())));
    }

    @Override
    public FreshnessPolicy freshness(String provider) {
        return FreshnessPolicy.defaults();
    }

    @Override
    public ReAsk reAsk(String provider) {
        return reAsk;
    }

    private record PaperOperation(String provider, EntityKind entity) implements Operation {
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
