package io.tributary.provider;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;

/**
 * How a window that is full gets room again.
 *
 * @param kind by what rule
 * @param zone whose midnight counts where the clock decides
 */
public record Renewal(Kind kind, ZoneId zone) implements Serializable {
    /** By what rule. */
    public enum Kind {
        /** Each call leaves it a length later. */
        SLIDING,
        /**
         * It opens at the first call and is empty a length later. Nobody else can see when it opened, so it is kept as a sliding
         * one, which is never looser.
         */
        FIRST_CALL,
        /** It is empty at midnight and each length after. */
        CLOCK,
        /** It is empty on the first of a month at midnight. */
        MONTH
    }

    /** The usual one, and the strictest. */
    public static final Renewal SLIDING = new Renewal(Kind.SLIDING, ZoneOffset.UTC);

    public Renewal {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(zone, "zone");
    }

    /** Whether the time of day or the date empties it. */
    public boolean isByClock() {
        return kind == Kind.CLOCK || kind == Kind.MONTH;
    }

    /**
     * The first moment after another at which the window is emptied.
     *
     * @param per the window's length
     * @return empty where no clock decides
     */
    public Optional<Instant> after(Instant moment, Duration per) {
        ZonedDateTime local = moment.atZone(zone);
        return switch (kind) {
            case SLIDING, FIRST_CALL -> Optional.empty();
            case MONTH ->
                Optional.of(midnight(local.toLocalDate().withDayOfMonth(1).plusMonths(1)));
            case CLOCK -> {
                Instant begin = midnight(local.toLocalDate());
                // A day of 23 or 25 hours ends with its own midnight.
                Instant end = midnight(local.toLocalDate().plusDays(1));
                long lengths = Duration.between(begin, moment).toNanos() / per.toNanos() + 1;
                Instant next = begin.plus(per.multipliedBy(lengths));
                yield Optional.of(per.compareTo(Duration.ofDays(1)) >= 0 || next.isAfter(end) ? end : next);
            }
        };
    }

    private Instant midnight(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
