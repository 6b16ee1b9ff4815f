package io.tributary.provider;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a provider's account says of its credits; at least one of both is told.
 *
 * @param remaining credits that can still be spent
 * @param used credits that were spent, since whenever the provider counts
 */
public record Balance(OptionalDouble remaining, OptionalDouble used) {
    public Balance {
        Objects.requireNonNull(remaining, "remaining");
        Objects.requireNonNull(used, "used");
        if (remaining.isEmpty() && used.isEmpty()) {
            throw new IllegalArgumentException("a balance tells what is left, or what was used");
        }
    }

    /**
     * The credits that the account spent since an earlier look at it, by its count of what was used where it has one.
     *
     * @return empty if the two can't be compared: one lacks what the other tells, or the count began anew, or credits were
     *     added
     */
    public OptionalDouble spentSince(Balance earlier) {
        if (used.isPresent() && earlier.used.isPresent()) {
            return amount(used.getAsDouble() - earlier.used.getAsDouble());
        }
        return remaining.isPresent() && earlier.remaining.isPresent()
                ? amount(earlier.remaining.getAsDouble() - remaining.getAsDouble())
                : OptionalDouble.empty();
    }

    private static OptionalDouble amount(double spent) {
        return spent >= 0 ? OptionalDouble.of(spent) : OptionalDouble.empty();
    }
}
