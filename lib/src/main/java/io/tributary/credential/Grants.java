package io.tributary.credential;

import java.time.Duration;
import java.util.List;

/**
 * The rotation set of a provider, first choice first.
 *
 * @param validFor ask again after this time
 */
public record Grants(List<Grant> keys, Duration validFor) {
    public Grants {
        keys = List.copyOf(keys);
        if (validFor.isNegative() || validFor.isZero()) {
            throw new IllegalArgumentException("grants must be good for a while");
        }
    }
}
