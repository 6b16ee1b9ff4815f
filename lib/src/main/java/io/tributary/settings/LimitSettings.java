package io.tributary.settings;

import io.tributary.yaml.Faults;
import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;
import java.io.Serializable;
import java.time.Duration;

/**
 * How hard and how long a provider is tried, and how much is done at once.
 *
 * @param tries all tries of one call, the first included
 * @param backoffBase the longest wait before the second try; it doubles from try to try
 * @param backoffCap the longest wait before any try
 * @param maxPause a pause longer than this defers the provider's remaining work
 * @param breakerFailures failures in a row that open the circuit
 * @param breakerOpenFor how long the circuit stays open before one trial
 * @param exchangeDeadline the most time for a whole exchange, from the request to the last byte of the answer
 * @param keysReread how often keys are read again where they are kept
 * @param inFlight calls in flight per task and provider
 * @param buckets parts that the work is cut into; one task each
 */
public record LimitSettings(
        int tries,
        Duration backoffBase,
        Duration backoffCap,
        Duration maxPause,
        int breakerFailures,
        Duration breakerOpenFor,
        Duration exchangeDeadline,
        Duration keysReread,
        int inFlight,
        int buckets)
        implements Serializable {

    static final ObjectShape SHAPE = Shape.object(
                    "How hard and how long a provider is tried, and how much is done at once.")
            .withDefault("tries", Shape.integer(1, 10), "3", "All tries of one call, the first included.")
            .withDefault(
                    "backoff-base",
                    Shape.duration(),
                    "1s",
                    "The longest wait before the second try; it doubles from try to try, and the wait is drawn at"
                            + " random below it.")
            .withDefault("backoff-cap", Shape.duration(), "30s", "The longest wait before any try.")
            .withDefault(
                    "max-pause",
                    Shape.duration(),
                    "15m",
                    "A longer pause defers the provider's remaining work to the next run.")
            .withDefault("breaker-failures", Shape.integer(1, 1000), "5", "Failures in a row that open the circuit.")
            .withDefault(
                    "breaker-open-for", Shape.duration(), "60s", "How long the circuit stays open before one trial.")
            .withDefault(
                    "exchange-deadline",
                    Shape.duration(),
                    "30s",
                    "The most time for a whole exchange, from the request to the last byte of the answer.")
            .withDefault(
                    "keys-reread",
                    Shape.duration(),
                    "5m",
                    "How often keys are read again where they are kept, so that one that was replaced needs no restart.")
            .withDefault("in-flight", Shape.integer(1, 4096), "64", "Calls in flight per task and provider.")
            .withDefault(
                    "buckets",
                    Shape.integer(1, 4096),
                    "16",
                    "Parts that the work is cut into, one task each; more than the cores of the cluster.");

    public LimitSettings {
        if (tries < 1 || breakerFailures < 1 || inFlight < 1 || buckets < 1) {
            throw new IllegalArgumentException("limits are at least 1");
        }
        if (keysReread.isZero()) {
            throw new IllegalArgumentException("keys can't be read again all the time");
        }
        if (backoffCap.compareTo(backoffBase) < 0) {
            throw new IllegalArgumentException("the cap of the backoff lies below its base");
        }
    }

    static void check(Tree tree, Faults faults) {
        tree.find("backoff-cap")
                .filter(cap -> tree.find("backoff-base")
                        .filter(base -> cap.duration().compareTo(base.duration()) < 0)
                        .isPresent())
                .ifPresent(cap -> faults.add(cap.fault("is shorter than backoff-base; make it the longer one")));
        tree.find("keys-reread")
                .filter(interval -> interval.duration().isZero())
                .ifPresent(interval -> faults.add(interval.fault("leaves no time between; write 5m")));
        tree.find("exchange-deadline")
                .filter(deadline -> deadline.duration().isZero())
                .ifPresent(deadline -> faults.add(deadline.fault("leaves no time at all; write 30s")));
    }

    static LimitSettings of(Tree tree) {
        return new LimitSettings(
                Math.toIntExact(tree.integer("tries")),
                tree.duration("backoff-base"),
                tree.duration("backoff-cap"),
                tree.duration("max-pause"),
                Math.toIntExact(tree.integer("breaker-failures")),
                tree.duration("breaker-open-for"),
                tree.duration("exchange-deadline"),
                tree.duration("keys-reread"),
                Math.toIntExact(tree.integer("in-flight")),
                Math.toIntExact(tree.integer("buckets")));
    }
}
