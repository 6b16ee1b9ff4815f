package io.tributary.jobs.plan;

import io.tributary.merge.FreshnessPolicy;
import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.provider.Operation;
import io.tributary.provider.Pending;
import io.tributary.provider.ReAsk;
import io.tributary.wanted.WantedFields;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** The providers of a run, as plan and call see them. Shipped to executors; thread-safe. */
public interface ProviderCatalog extends Serializable {
    /** The waterfall of that entity: names of providers, first to last. */
    List<String> waterfall(EntityKind entity);

    /** The fields for which providers are asked, of both entities; nothing where the first match is enough. */
    WantedFields wanted();

    /** How that provider would be asked about such a subject; empty if its inputs are not enough. */
    Optional<Operation> operation(String provider, EntityKind entity, Identifiers inputs);

    /** How that provider's pending answer is fetched, which is no new ask; empty if it can't be. */
    Optional<Operation> resumption(String provider, Pending pending);

    /** How long that provider's answers stay fresh. */
    FreshnessPolicy freshness(String provider);

    /** What may be done when the outcome of an ask is unknown. */
    ReAsk reAsk(String provider);
}
