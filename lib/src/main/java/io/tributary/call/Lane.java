package io.tributary.call;

import io.tributary.quota.Gate;
import io.tributary.quota.RetryBudget;

/**
 * What all tasks of one process share about one provider: what one of them learns holds for all. Thread-safe.
 */
public final class Lane {
    private final Gate gate;
    private final Breaker breaker;
    private final Credentials credentials;
    private final RetryBudget retries;
    private final MatchWatch matches;

    public Lane(Gate gate, Breaker breaker, Credentials credentials, RetryBudget retries, MatchWatch matches) {
        this.gate = gate;
        this.breaker = breaker;
        this.credentials = credentials;
        this.retries = retries;
        this.matches = matches;
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
