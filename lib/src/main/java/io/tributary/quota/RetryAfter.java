package io.tributary.quota;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The {@code Retry-After} header, RFC 9110 section 10.2.3: whole seconds, or an HTTP date. */
public final class RetryAfter {
    /** What an absurd value counts as. */
    public static final Duration MOST = Duration.ofDays(1);

    private RetryAfter() {}

    /**
     * How long the header asks to wait.
     *
     * @param value the header's value
     * @param date the {@code Date} header of the same response, if it came: a date is then measured from it, so that a
     *     wrong clock on either side does not matter
     * @return between nothing and {@link #MOST}; empty if the value is neither form, and then the caller's own backoff
     *     holds
     */
    public static Optional<Duration> parse(String value, Optional<String> date, Instant now) {
        String text = value.strip();
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of(text.length() > 9 ? MOST : bounded(Duration.ofSeconds(Long.parseLong(text))));
        }
        return HttpDates.parse(text, now).map(until -> {
            Instant from = date.flatMap(d -> HttpDates.parse(d.strip(), now)).orElse(now);
            return bounded(Duration.between(from, until));
        });
    }

    static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(MOST) > 0 ? MOST : wait;
    }
}
