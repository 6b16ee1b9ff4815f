package io.tributary.provider;

import java.util.Objects;

/**
 * An ask that a provider accepted and has not answered yet.
 *
 * @param operation the operation that was asked
 * @param jobId how the provider names what it accepted; empty if it gave no name
 */
public record Pending(String operation, String jobId) {
    public Pending {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(jobId, "jobId");
    }
}
