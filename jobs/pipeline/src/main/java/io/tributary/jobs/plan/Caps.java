package io.tributary.jobs.plan;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What one run may spend at most, in credits.
 *
 * @param byProvider by provider; one without an entry has no cap of its own
 * @param total at all providers together; empty for no such cap
 */
public record Caps(Map<String, Double> byProvider, OptionalDouble total) {
    public Caps {
        byProvider = Map.copyOf(byProvider);
        Objects.requireNonNull(total, "total");
    }

    boolean none() {
        return byProvider.isEmpty() && total.isEmpty();
    }
}
