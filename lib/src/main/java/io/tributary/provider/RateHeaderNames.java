package io.tributary.provider;

import java.io.Serializable;

/**
 * The headers by which a provider tells its windows; empty names are not sent.
 *
 * @param reset a header with the moment or the wait until the window opens
 */
public record RateHeaderNames(String limit, String remaining, String reset) implements Serializable {
    /** None at all. */
    public static final RateHeaderNames NONE = new RateHeaderNames("", "", "");
}
