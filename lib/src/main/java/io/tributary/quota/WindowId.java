package io.tributary.quota;

import java.util.Objects;

/**
 * Which window of a provider.
 *
 * @param number its place among the provider's windows, from 0
 * @param scope whose calls it counts: an endpoint, a key, or both; empty where all share one
 */
public record WindowId(int number, String scope) {
    public WindowId {
        Objects.requireNonNull(scope, "scope");
        if (number < 0) {
            throw new IllegalArgumentException("windows are counted from 0");
        }
    }
}
