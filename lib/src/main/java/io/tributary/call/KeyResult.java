package io.tributary.call;

import io.tributary.model.LookupKey;
import io.tributary.wanted.WantedFields;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of one key.
 *
 * @param results in the order in which the providers were asked
 * @param reason why it comes again, for a deferred key; what is missing, for one of which something was wanted that nobody
 *     brought; otherwise empty
 * @param missing what is still missing of what was wanted; empty where nothing in particular was
 */
public record KeyResult(
        LookupKey key,
        List<ProviderResult> results,
        Disposition disposition,
        String reason,
        Optional<WantedFields> missing) {
    static final String CANCELLED = "cancelled";

    /** How the waterfall ended. */
    public enum Disposition {
        /** A provider knew enough, or all of them together. */
        SATISFIED,
        /** Every provider that could be of use said its last word, and all that they know is not enough. */
        EXHAUSTED,
        /** At least one provider has not said its last word: the key comes again. */
        DEFERRED
    }

    public KeyResult {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(disposition, "disposition");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(missing, "missing");
        results = List.copyOf(results);
    }

    /** Of a key of which nothing in particular was wanted. */
    public KeyResult(LookupKey key, List<ProviderResult> results, Disposition disposition, String reason) {
        this(key, results, disposition, reason, Optional.empty());
    }

    /**
     * Whether a provider that was not among those asked could be asked about it yet: what is known is not enough, nobody is
     * still to answer, and nothing forbids it.
     *
     * @param partialSatisfies whether an answer with little in it is enough where nothing in particular was wanted
     */
    public boolean isOpenToOthers(boolean partialSatisfies) {
        if (reason.equals(CANCELLED) || missing.filter(WantedFields::isEmpty).isPresent()) {
            return false;
        }
        boolean dataIsNotEnough = missing.isPresent();
        return results.stream().allMatch(result -> switch (result.outcome()) {
            case NOT_FOUND, REJECTED, FAILED, UNKNOWN -> true;
            case PARTIAL -> dataIsNotEnough || !partialSatisfies;
            case MATCHED -> dataIsNotEnough;
            case PENDING, SUPPRESSED -> false;
        });
    }
}
