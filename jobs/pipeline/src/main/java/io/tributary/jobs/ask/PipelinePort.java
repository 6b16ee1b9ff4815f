package io.tributary.jobs.ask;

import io.tributary.call.ProviderPort;
import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.provider.Operation;
import io.tributary.provider.ProviderSpec;
import io.tributary.provider.QuotaWindow;
import io.tributary.provider.RateHeaderNames;
import io.tributary.provider.ReAsk;
import java.util.List;
import java.util.Optional;

/** A provider's file as the caller sees it, with the quota that this pipeline gives it. */
record PipelinePort(ProviderSpec spec, ProviderText text) implements ProviderPort {
    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public String specVersion() {
        return spec.version();
    }

    @Override
    public Optional<Operation> operationFor(EntityKind entity, Identifiers inputs) {
        return spec.operationFor(entity, inputs);
    }

    @Override
    public List<QuotaWindow> windows() {
        return text.windows();
    }

    @Override
    public List<RateHeaderNames> rateHeaders() {
        return spec.rateHeaders().equals(RateHeaderNames.NONE) ? List.of() : List.of(spec.rateHeaders());
    }

    @Override
    public ReAsk reAsk() {
        return text.reAsk();
    }

    @Override
    public int maxInFlight() {
        return text.maxInFlight();
    }
}
