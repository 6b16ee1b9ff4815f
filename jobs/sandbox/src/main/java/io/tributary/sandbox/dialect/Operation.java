package io.tributary.sandbox.dialect;

/**
 * One thing that a provider can be asked.
 *
 * @param name the name in the ledger, for instance {@code person.find}
 * @param scope the set of rate windows that it shares
 * @param paid whether it can cost anything; what cannot still works when the credits are gone
 */
public record Operation(String name, String scope, boolean paid) {
    /** A paid operation with windows of its own. */
    static Operation of(String name) {
        return new Operation(name, name, true);
    }

    /** A paid operation that shares its windows. */
    static Operation of(String name, String scope) {
        return new Operation(name, scope, true);
    }

    /** An operation that never costs anything. */
    static Operation free(String name, String scope) {
        return new Operation(name, scope, false);
    }
}
