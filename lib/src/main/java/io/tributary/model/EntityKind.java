package io.tributary.model;

import java.util.Locale;

/** The two things that Tributary enriches. */
public enum EntityKind {
    PERSON,
    COMPANY;

    /** The name used in tables, settings and specs: {@code person} or {@code company}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The inverse of {@link #id()}.
     *
     * @throws IllegalArgumentException if {@code id} names no entity kind
     */
    public static EntityKind of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
