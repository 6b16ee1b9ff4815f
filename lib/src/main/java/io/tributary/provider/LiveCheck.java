package io.tributary.provider;

import io.tributary.model.Identifiers;
import io.tributary.model.Outcome;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a provider's file is tried against the provider itself without paying: its sandbox, or its public test key.
 *
 * @param key a test key that the provider publishes; empty where one's own is used
 * @param hosts addresses that stand in for the file's; empty where a test key is good at those
 * @param asks what is asked, and what must come of it
 */
public record LiveCheck(Optional<String> key, Map<String, URI> hosts, List<Trial> asks) {
    public LiveCheck {
        hosts = Map.copyOf(hosts);
        asks = List.copyOf(asks);
    }

    /** One ask and the outcomes of which one must come. */
    public record Trial(String operation, Identifiers inputs, Set<Outcome> means) {
        public Trial {
            means = Set.copyOf(means);
        }
    }
}
