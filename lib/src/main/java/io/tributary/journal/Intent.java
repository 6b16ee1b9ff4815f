package io.tributary.journal;

import java.util.Objects;

/**
 * An ask that is about to be sent. An intent without an entry is an ask whose outcome is unknown.
 *
 * @param atMillis when it was meant to be sent, by the run's clock
 */
public record Intent(
        String entryKey,
        String lookupKey,
        String provider,
        String operation,
        long epoch,
        String inputHash,
        long atMillis) {
    public Intent {
        Objects.requireNonNull(entryKey, "entryKey");
        Objects.requireNonNull(lookupKey, "lookupKey");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(inputHash, "inputHash");
    }

    @Override
    public String toString() {
        return provider + "/" + operation + " " + entryKey;
    }
}
