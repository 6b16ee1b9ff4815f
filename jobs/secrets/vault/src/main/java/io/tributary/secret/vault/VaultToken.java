package io.tributary.secret.vault;

import java.time.Instant;

/** A token that is used until then; it does not print itself. Immutable. */
final class VaultToken {
    private final String value;
    private final Instant until;

    VaultToken(String value, Instant until) {
        this.value = value;
        this.until = until;
    }

    String reveal() {
        return value;
    }

    boolean serves(Instant now) {
        return now.isBefore(until);
    }

    @Override
    public String toString() {
        return "a token of Vault, used until " + until;
    }
}
