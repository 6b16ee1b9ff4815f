package io.tributary.merge;

import io.tributary.model.Profile;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * An answer with data about the subject of a record. Its text form shows the names of the known fields only.
 *
 * @param responseId identifies the answer in history; two candidates with one id are the same answer
 * @param confidence 0 to 1; NaN (none was stated) counts as 0
 */
public record Candidate(String provider, String responseId, Instant fetchedAt, double confidence, Profile profile) {

    /** Any order of candidates that ends in this one is total, so that the order of arrival never matters. */
    static final Comparator<Candidate> BY_ID =
            Comparator.comparing(Candidate::responseId).thenComparing(Candidate::provider);

    static final Comparator<Candidate> NEWEST_FIRST =
            Comparator.comparing(Candidate::fetchedAt).reversed();

    static final Comparator<Candidate> SUREST_FIRST =
            Comparator.comparingDouble(Candidate::confidence).reversed();

    public Candidate {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(responseId, "responseId");
        Objects.requireNonNull(fetchedAt, "fetchedAt");
        Objects.requireNonNull(profile, "profile");
        confidence = Double.isNaN(confidence) ? 0 : confidence;
        if (confidence < 0 || confidence > 1) {
            throw new IllegalArgumentException("a confidence lies between 0 and 1, not at " + confidence);
        }
    }
}
