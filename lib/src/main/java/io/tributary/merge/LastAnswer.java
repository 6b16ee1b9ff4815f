package io.tributary.merge;

import io.tributary.model.Outcome;
import java.time.Instant;
import java.util.Objects;

/**
 * The newest thing that history says of a key at one provider.
 *
 * @param confidence 0 to 1; NaN where there is no data or none was stated
 * @param inputsHash of the inputs that were sent
 */
public record LastAnswer(Outcome outcome, double confidence, Instant fetchedAt, String inputsHash) {
    public LastAnswer {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(fetchedAt, "fetchedAt");
        Objects.requireNonNull(inputsHash, "inputsHash");
    }
}
