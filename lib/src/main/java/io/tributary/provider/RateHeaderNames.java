package io.tributary.provider;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The headers by which a provider tells one of its windows; empty names are not sent. A name may end in {@code #member}
 * where the header holds an object.
 *
 * @param limit a header with the window's size
 * @param remaining a header with the calls left
 * @param reset a header with the moment or the wait until the window opens
 * @param per the length of the window that they tell of; empty where the provider has only one, or its size tells
 */
public record RateHeaderNames(String limit, String remaining, String reset, Optional<Duration> per) {
    public RateHeaderNames {
        Objects.requireNonNull(per, "per");
    }

    /** Headers of whichever window has that size. */
    public RateHeaderNames(String limit, String remaining, String reset) {
        this(limit, remaining, reset, Optional.empty());
    }
}
