package io.tributary.jobs.plan;

import io.tributary.merge.Heard;
import io.tributary.model.Outcome;
import io.tributary.model.Profile;
import java.time.Instant;

/**
 * The last thing that history says of a key at one provider.
 *
 * @param lookupKey by which it was asked: another one of the same subject counts too
 * @param confidence 0..1; NaN without data
 * @param epoch the epoch that the ask superseded
 * @param operation what was asked
 * @param jobId empty when there is none
 * @param profile what it says of the fields that are wanted
 */
public record KnownAnswer(
        String lookupKey,
        String provider,
        Outcome outcome,
        double confidence,
        Instant fetchedAt,
        String inputsHash,
        long epoch,
        String operation,
        String jobId,
        Profile profile)
        implements Heard {}
