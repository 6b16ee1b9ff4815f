package io.tributary.jobs.read;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * The time whose extracts a run may read. It chooses files and decides nothing else.
 *
 * @param from extracts made before are passed over
 * @param to extracts made then or later are passed over
 */
public record Interval(Instant from, Instant to) {
    /** Whatever lies there. */
    public static final Interval ALL = new Interval(Instant.MIN, Instant.MAX);

    private static final String DATE = "{date}";

    public Interval {
        Objects.requireNonNull(from, "from");
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("an interval that ends (" + to + ") before it starts (" + from + ")");
        }
    }

    /**
     * The path with the date of the interval's start for {@code {date}}.
     *
     * @throws IllegalArgumentException if the path asks for a date and the interval has no start
     */
    String inPath(String path) {
        if (!path.contains(DATE)) {
            return path;
        } else if (from.equals(Instant.MIN)) {
            throw new IllegalArgumentException(path + " asks for a date; give the run the interval of its extracts");
        }
        return path.replace(DATE, LocalDate.ofInstant(from, ZoneOffset.UTC).toString());
    }

    boolean covers(Instant time) {
        return !time.isBefore(from) && time.isBefore(to);
    }
}
