package io.tributary.jobs.ask;

import io.tributary.call.CallSettings;
import io.tributary.journal.FlushPolicy;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;

/**
 * Everything that a task needs to know, and nothing that it could not be told: data, no machinery.
 *
 * @param evenShares 0, so that the driver divides each quota by what executors can use; else each has a fixed part of so
 *     many, which is for comparing only
 * @param journal the journal's folder
 * @param hadoop the settings of the journal's file system
 * @param clockOffset what the run's clock is ahead of the wall clock
 * @param keysReread how often keys are read again where they are kept
 * @param proxy {@code http://host:port}, or empty
 * @param caBundle a PEM file on every executor, or empty
 */
public record AskPlan(
        String runId,
        ShippedCatalog catalog,
        CallSettings calls,
        int breakerFailures,
        Duration breakerOpenFor,
        Duration maxPause,
        int evenShares,
        int buckets,
        String journal,
        Map<String, String> hadoop,
        FlushPolicy flush,
        Duration clockOffset,
        Duration keysReread,
        String proxy,
        String caBundle)
        implements Serializable {
    public AskPlan {
        hadoop = Map.copyOf(hadoop);
        if (evenShares < 0 || buckets < 1) {
            throw new IllegalArgumentException("work needs at least one bucket, and shares are none or some");
        }
    }
}
