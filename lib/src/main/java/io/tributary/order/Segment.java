package io.tributary.order;

import io.tributary.model.KeyKind;
import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;

/**
 * Subjects of whom providers can be expected to know alike.
 *
 * @param kind of the key by which they are asked about; says whether they are persons or companies
 * @param country ISO 3166 alpha-2, {@link #UNKNOWN} or {@link #OTHER}
 * @param size a range of employees of the company, such as {@code 51-1000}, {@link #UNKNOWN} or {@link #OTHER}
 */
public record Segment(KeyKind kind, String country, String size) implements Serializable {
    /** Nothing tells. */
    public static final String UNKNOWN = "unknown";

    /** One of those that are too rare to be counted by themselves. */
    public static final String OTHER = "other";

    public Segment {
        Objects.requireNonNull(kind, "kind");
        if (country.isBlank() || size.isBlank()) {
            throw new IllegalArgumentException("what is not known of a segment is called " + UNKNOWN);
        }
    }

    /** For people, without what is not known: {@code name company, US, 51-1000 employees}. */
    public String text() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (country.equals(UNKNOWN) ? "" : ", " + country)
                + (size.equals(UNKNOWN) ? "" : ", " + size + " employees");
    }
}
