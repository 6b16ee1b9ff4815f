package io.tributary.jobs.ask;

import io.tributary.provider.Balance;
import java.util.Objects;
import java.util.Optional;

/**
 * What a provider's account told before the calls of a run and after them.
 *
 * @param before empty if it told nothing
 * @param after empty if it told nothing
 */
public record AccountChange(String provider, Optional<Balance> before, Optional<Balance> after) {
    public AccountChange {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }
}
