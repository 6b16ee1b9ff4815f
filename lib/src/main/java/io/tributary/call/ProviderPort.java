package io.tributary.call;

import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.provider.Operation;
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

    List<QuotaWindow> windows();

    /** The header families that may be believed; empty for a provider whose headers mislead. */
    List<RateHeaderNames> rateHeaders();

    ReAsk reAsk();

    /** The most calls in flight in one process. */
    int maxInFlight();

    /** A provider as its file describes it. */
    static ProviderPort of(ProviderSpec spec) {
        return new SpecPort(spec);
    }
}
