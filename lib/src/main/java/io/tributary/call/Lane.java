package io.tributary.call;

import io.tributary.quota.Gate;
import io.tributary.quota.RetryBudget;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What all tasks of one process share about one provider: what one of them learns holds for all. Thread-safe.
 */
public final class Lane {
    private final Gate gate;
    private final Breaker breaker;
    private final Credentials credentials;
    private final RetryBudget retries;
    private final MatchWatch matches;
    private final Consumer<String> notices;
    private final Map<String, Set<String>> leftOut = new ConcurrentHashMap<>();

    /** @param notices takes what a person should know of the provider; on any thread */
    public Lane(
            Gate gate,
            Breaker breaker,
            Credentials credentials,
            RetryBudget retries,
            MatchWatch matches,
            Consumer<String> notices) {
        this.gate = gate;
        this.breaker = breaker;
        this.credentials = credentials;
        this.retries = retries;
        this.matches = matches;
        this.notices = notices;
    }

    /** The fields of an operation that the account may not see. */
    Set<String> leftOut(String operation) {
        return leftOut.getOrDefault(operation, Set.of());
    }

    /** These fields of an operation are asked for no more; the first time, somebody is told. */
    void leaveOut(String operation, Set<String> fields) {
        leftOut.merge(operation, Set.copyOf(fields), (old, more) -> {
            Set<String> both = new HashSet<>(old);
            both.addAll(more);
            return Set.copyOf(both);
        });
        notices.accept("the account may not see " + String.join(", ", new TreeSet<>(fields)) + " (" + operation
                + "): left out from now on. Take it out of output-fields, or have it added to the plan");
    }

    public Gate gate() {
        return gate;
    }

    Breaker breaker() {
        return breaker;
    }

    Credentials credentials() {
        return credentials;
    }

    RetryBudget retries() {
        return retries;
    }

    MatchWatch matches() {
        return matches;
    }
}
