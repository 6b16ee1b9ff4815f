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
    private int keyIndex;

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

    synchronized int keyIndex() {
        return keyIndex;
    }

    /**
     * A key was not accepted: moves to the next, unless another call already did.
     *
     * @return whether there is a key left that was not refused yet
     */
    synchronized boolean rotate(int refused) {
        if (refused == keyIndex) {
            credentials.rejected(refused);
            keyIndex++;
        }
        if (keyIndex < credentials.keys()) {
            return true;
        }
        keyIndex = credentials.keys() - 1;
        return false;
    }
}
