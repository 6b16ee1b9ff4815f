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

/** What the caller needs to know of a provider. Immutable. */
public interface ProviderPort {
    String name();

    /** The version of its file, for the journal. */
    String specVersion();

    /** The best operation for these inputs; none if the provider cannot be asked with them. */
    Optional<Operation> operationFor(EntityKind entity, Identifiers inputs);

    /** How an answer of this provider that is pending is fetched; none if it can't be. */
    Optional<Operation> resumption(Pending pending);

    List<QuotaWindow> windows();

    /** The header families that may be believed; empty for a provider whose headers mislead. */
    List<RateHeaderNames> rateHeaders();

    ReAsk reAsk();

    /** The most calls in flight in one process. */
    int maxInFlight();

    /** A provider as its file describes it. */
    static ProviderPort of(ProviderSpec spec) {
        return new SpecPort(spec, spec.windows(), spec.reAsk(), spec.maxInFlight());
    }

    /** A provider as its file describes it, with another quota, rule for unknown outcomes, and bound on calls in flight. */
    static ProviderPort of(ProviderSpec spec, List<QuotaWindow> windows, ReAsk reAsk, int maxInFlight) {
        return new SpecPort(spec, windows, reAsk, maxInFlight);
    }
}
