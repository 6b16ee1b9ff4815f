package io.tributary.sandbox.fault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The forms of {@code Retry-After} that providers have sent, sane and otherwise. */
public enum RetryAfter {
    SECONDS,
    ZERO,
    ABSENT,
    /** An HTTP date that far ahead. */
    HTTP_DATE,
    /** An HTTP date an hour ago. */
    PAST,
    /** A year of seconds. */
    ABSURD,
    /** One of the other forms, by the number of the call. */
    MIXED;

    /** The name in profiles. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static RetryAfter of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The header's value, if one is sent. */
    public Optional<String> header(Instant now, long seconds, long call) {
        return switch (this) {
            case SECONDS -> Optional.of(Long.toString(seconds));
            case ZERO -> Optional.of("0");
            case ABSENT -> Optional.empty();
            case HTTP_DATE -> Optional.of(httpDate(now.plusSeconds(seconds)));
            case PAST -> Optional.of(httpDate(now.minusSeconds(3600)));
            case ABSURD -> Optional.of("31536000");
            case MIXED -> mixed(call).header(now, seconds, call);
        };
    }

    /** The same as a point in time, for providers that tell the reset of a window instead. */
    public Optional<Instant> reset(Instant now, long seconds, long call) {
        return switch (this) {
            case SECONDS, HTTP_DATE -> Optional.of(now.plusSeconds(seconds));
            case ZERO -> Optional.of(now);
            case ABSENT -> Optional.empty();
            case PAST -> Optional.of(now.minusSeconds(3600));
            case ABSURD -> Optional.of(now.plusSeconds(31_536_000));
            case MIXED -> mixed(call).reset(now, seconds, call);
        };
    }

    private static RetryAfter mixed(long call) {
        return values()[(int) Math.floorMod(call, (long) MIXED.ordinal())];
    }

    private static String httpDate(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }
}
