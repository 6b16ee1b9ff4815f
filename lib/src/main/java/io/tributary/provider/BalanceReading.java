package io.tributary.provider;

import java.util.Objects;
import java.util.Optional;

/**
 * What came of a look at a provider's account.
 *
 * @param verdict what the response means for the call; {@link Verdict#TRANSIENT} where none came
 * @param reason a stable code in snake case; empty where a balance is told
 * @param balance empty if none could be read
 */
public record BalanceReading(Verdict verdict, String reason, Optional<Balance> balance) {
    public BalanceReading {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(balance, "balance");
        if (balance.isPresent() != reason.isEmpty()) {
            throw new IllegalArgumentException("a look at an account ends with a balance, or with a reason");
        }
    }

    /** There was no response to read. */
    public static BalanceReading unanswered(String reason) {
        return new BalanceReading(Verdict.TRANSIENT, reason, Optional.empty());
    }
}
