package io.tributary.sandbox.dialect;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What there is to say with a refusal for rate.
 *
 * @param reset when calls are taken again, as far as it is told
 * @param retryAfter the value of {@code Retry-After} where the provider sends one
 * @param window the length of the full window that opens last; empty if the refusal is injected
 * @param injected whether a fault, and no full window, is the reason
 */
public record Throttle(
        Optional<Instant> reset, Optional<String> retryAfter, Optional<Duration> window, boolean injected) {}
