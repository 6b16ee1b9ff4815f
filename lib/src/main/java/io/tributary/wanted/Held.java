package io.tributary.wanted;

import io.tributary.model.Profile;
import java.time.Instant;
import java.util.Objects;

/**
 * An answer with data that history holds of a subject. The text form shows no values.
 *
 * @param profile what it says; fields that nobody wants may be left out
 * @param confidence 0 to 1; NaN where none was stated
 * @param fresh whether it counts by its provider's freshness
 */
public record Held(Profile profile, double confidence, Instant fetchedAt, boolean fresh) {
    public Held {
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(fetchedAt, "fetchedAt");
    }
}
