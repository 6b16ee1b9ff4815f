package io.tributary.journal;

import io.tributary.model.Outcome;
import java.util.List;
import java.util.Objects;

/**
 * What became of one ask at one provider: one answer line of the journal. The text form shows no personal data.
 *
 * @param entryKey content-derived key of the ask, see {@link EntryKeys}
 * @param lookupKey the subject, {@code kind:value}
 * @param epoch epoch seconds of the answer that it supersedes; 0 for the first
 * @param inputHash hash of the inputs that were sent
 * @param reason stable code; empty on a plain match
 * @param httpStatus 0 when no complete response came
 * @param credits what it cost by the provider's file
 * @param confidence 0..1, NaN without data
 * @param attempt which try of the ask this was, from 1
 * @param batchSize how many asks the call carried
 * @param last whether the ask ended here; false for a try that is followed by another
 * @param atMillis when the answer came, by the run's clock
 * @param durationMillis from sending to the end of the body
 * @param jobId how to resume a pending answer; empty when there is no id
 * @param also keys of other entities that this answers for as well, {@code kind:value}; none in older segments
 * @param profiles what was learnt: JSON {@code {"person": {path: value}, "company": {...}}}
 * @param body the raw answer as far as it came
 */
public record Entry(
        String entryKey,
        String lookupKey,
        String provider,
        String operation,
        long epoch,
        String inputHash,
        Outcome outcome,
        String reason,
        int httpStatus,
        double credits,
        double confidence,
        int attempt,
        int batchSize,
        boolean last,
        long atMillis,
        long durationMillis,
        String jobId,
        String specVersion,
        List<String> also,
        String profiles,
        String body) {
    public Entry {
        Objects.requireNonNull(entryKey, "entryKey");
        Objects.requireNonNull(lookupKey, "lookupKey");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(inputHash, "inputHash");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(jobId, "jobId");
        Objects.requireNonNull(specVersion, "specVersion");
        also = also == null ? List.of() : List.copyOf(also);
        profiles = Objects.requireNonNullElse(profiles, "");
        body = Objects.requireNonNullElse(body, "");
    }

    /** The reason of an entry of which nothing stays but that a call was made: see {@link SegmentErasure}. */
    public static final String FORGOTTEN = "forgotten";

    /** A key that is nobody's: what stays of an answer stands under it, in the journal and in history. */
    public static final String NOBODY = "email:forgotten";

    /**
     * What stays of an answer about somebody who must be forgotten. It is the end of no ask, so nobody takes it for an answer.
     *
     * @param companies keys of companies that it answers for as well
     * @param saidOfThem what it says of them
     */
    Entry forgotten(List<String> companies, String saidOfThem) {
        return new Entry(
                FORGOTTEN,
                NOBODY,
                provider,
                operation,
                0,
                "",
                Outcome.FAILED,
                FORGOTTEN,
                httpStatus,
                credits,
                companies.isEmpty() ? Double.NaN : confidence,
                attempt,
                batchSize,
                false,
                atMillis,
                durationMillis,
                "",
                specVersion,
                companies,
                saidOfThem,
                "");
    }

    /** The same for other further keys and with other long texts. */
    Entry about(List<String> others, String otherProfiles, String otherBody) {
        return new Entry(
                entryKey,
                lookupKey,
                provider,
                operation,
                epoch,
                inputHash,
                outcome,
                reason,
                httpStatus,
                credits,
                confidence,
                attempt,
                batchSize,
                last,
                atMillis,
                durationMillis,
                jobId,
                specVersion,
                others,
                otherProfiles,
                otherBody);
    }

    /** The same with other long texts. */
    Entry withTexts(String otherProfiles, String otherBody) {
        return about(also, otherProfiles, otherBody);
    }

    @Override
    public String toString() {
        return provider + "/" + operation + " " + entryKey + " " + outcome + " " + reason;
    }
}
