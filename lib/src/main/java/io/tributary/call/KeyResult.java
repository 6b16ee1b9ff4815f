package io.tributary.call;

import io.tributary.model.LookupKey;
import java.util.List;
import java.util.Objects;

/**
 * What became of one key.
 *
 * @param results in the order in which the providers were asked
 * @param reason why it comes again, for a deferred key; otherwise empty
 */
public record KeyResult(LookupKey key, List<ProviderResult> results, Disposition disposition, String reason) {
    /** How the waterfall ended. */
    public enum Disposition {
        /** A provider knew enough. */
        SATISFIED,
        /** Every provider said its last word, and none knew. */
        EXHAUSTED,
        /** At least one provider has not said its last word: the key comes again. */
        DEFERRED
    }

    public KeyResult {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(disposition, "disposition");
        Objects.requireNonNull(reason, "reason");
        results = List.copyOf(results);
    }
}
