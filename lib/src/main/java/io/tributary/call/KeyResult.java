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
    static final String CANCELLED = "cancelled";

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

    /**
     * Whether a provider that was not among those asked could be asked about it yet: none knew enough, none is still to
     * answer, and nothing forbids it.
     *
     * @param partialSatisfies whether an answer with little in it is enough
     */
    public boolean isOpenToOthers(boolean partialSatisfies) {
        return !reason.equals(CANCELLED)
                && results.stream().allMatch(result -> switch (result.outcome()) {
                    case NOT_FOUND, REJECTED, FAILED, UNKNOWN -> true;
                    case PARTIAL -> !partialSatisfies;
                    case MATCHED, PENDING, SUPPRESSED -> false;
                });
    }
}
