package io.tributary.quota;

import java.util.Objects;

/**
 * Which window of a provider.
 *
 * @param number its place among the provider's windows, from 0
 * @param endpoint the endpoint whose calls it counts; empty where all share one
 */
public record WindowId(int number, String endpoint) {
    public WindowId {
        Objects.requireNonNull(endpoint, "endpoint");
        if (number < 0) {
            throw new IllegalArgumentException("windows are counted from 0");
        }
    }
}
