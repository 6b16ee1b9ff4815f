package io.tributary.provider;

/** What a response means for the call as a whole, before its items are looked at. */
public enum Verdict {
    /** Every item that the provider answered is in the reading; items it left out are missing and may be asked again. */
    ANSWERED,
    /** As {@link #ANSWERED}, and with it the credits are used up: the provider is off for the run. */
    ANSWERED_LAST,
    /** The provider failed and nothing was bought (5xx, refused): retry with backoff, counts for the circuit breaker. */
    TRANSIENT,
    /** Too fast: pause everybody; uses up no try and is no failure of the record. */
    RATE_LIMITED,
    /** Too many calls at once: lower the calls in flight. */
    TOO_CONCURRENT,
    /** This key is not accepted: it is renewed, or the next key of the rotation set takes over. */
    BAD_CREDENTIAL,
    /** Credits or plan used up: the provider is off for the run, its remaining work is deferred. */
    CREDITS_GONE,
    /** The account may not do this, or the path does not exist: off for the run, with a message; other providers go on. */
    MISCONFIGURED,
    /** The account may not see a field that was asked for: it is left out from now on, and the call is made again. */
    FIELD_REFUSED,
    /** The batch was too large or too slow: halve it and ask again. */
    SPLIT,
    /** Sent, but what came back cannot be understood: the outcome is unknown, and it may have been bought. */
    UNREADABLE
}
