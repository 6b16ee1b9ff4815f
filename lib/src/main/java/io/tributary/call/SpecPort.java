package io.tributary.call;

import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.provider.Operation;
import io.tributary.provider.Pending;
import io.tributary.provider.ProviderSpec;
import io.tributary.provider.QuotaWindow;
import io.tributary.provider.RateHeaderNames;
import io.tributary.provider.ReAsk;
import java.util.List;
import java.util.Optional;

/** A provider's file, as the caller wants it. */
record SpecPort(ProviderSpec spec, List<QuotaWindow> windows, ReAsk reAsk, int maxInFlight) implements ProviderPort {
    SpecPort {
        windows = List.copyOf(windows);
    }

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
    public Optional<Operation> resumption(Pending pending) {
        return spec.resumption(pending);
    }

    @Override
    public List<RateHeaderNames> rateHeaders() {
        return spec.rateHeaders();
    }
}
