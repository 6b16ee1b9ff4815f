package io.tributary.quota;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The three forms of an HTTP date, RFC 9110 section 5.6.7; a recipient must accept all of them. */
final class HttpDates {
    private static final List<DateTimeFormatter> FORMS =
            List.of(form("EEE, dd MMM yyyy HH:mm:ss 'GMT'"), form("EEE MMM ppd HH:mm:ss yyyy"));

    private HttpDates() {}

    /**
     * @param now decides the century of a two-digit year: one more than 50 years ahead is in the past
     * @return nothing for any other text
     */
    static Optional<Instant> parse(String text, Instant now) {
        for (DateTimeFormatter form : FORMS) {
            Optional<Instant> instant = parse(text, form);
            if (instant.isPresent()) {
                return instant;
            }
        }
        return parse(text, rfc850(now));
    }

    private static Optional<Instant> parse(String text, DateTimeFormatter form) {
        try {
            return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException notThisForm) {
            return Optional.empty();
        }
    }

    private static DateTimeFormatter form(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    private static DateTimeFormatter rfc850(Instant now) {
        int oldest = now.atOffset(ZoneOffset.UTC).getYear() - 49;
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, oldest)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH);
    }
}
