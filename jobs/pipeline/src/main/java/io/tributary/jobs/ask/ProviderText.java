package io.tributary.jobs.ask;

import io.tributary.merge.FreshnessPolicy;
import io.tributary.provider.ProviderSpec;
import io.tributary.provider.QuotaWindow;
import io.tributary.provider.ReAsk;
import io.tributary.settings.Credential;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A provider as it travels to executors: the text of its file and what this pipeline changes of it.
 *
 * @param baseUrl stands in for the file's hosts; empty for the file's own
 * @param windows the quota, already overridden and scaled
 * @param arrivesWithin how long after its sending a call has arrived at the latest; null where only its answer tells
 * @param reAsk the file's rule for unknown outcomes, unless this pipeline has another
 * @param matchRateGuard whether it is off for the run when it suddenly finds nobody
 * @param keys references, the one in use first; never the keys themselves
 */
public record ProviderText(
        String name,
        String text,
        String baseUrl,
        List<QuotaWindow> windows,
        int maxInFlight,
        Duration arrivesWithin,
        ReAsk reAsk,
        boolean matchRateGuard,
        FreshnessPolicy freshness,
        List<Credential> keys)
        implements Serializable {
    public ProviderText {
        windows = List.copyOf(windows);
        keys = List.copyOf(keys);
    }

    ProviderSpec spec() {
        ProviderSpec spec = ProviderSpec.parse(name + ".yaml", text);
        return baseUrl.isEmpty() ? spec : spec.behind(URI.create(baseUrl));
    }
}
