package io.tributary.model;

import java.util.Locale;

/** The kinds of identifier by which a person or a company can be looked up, best first within each entity. */
public enum KeyKind {
    EMAIL(EntityKind.PERSON),
    LINKEDIN_PERSON(EntityKind.PERSON),
    NAME_COMPANY(EntityKind.PERSON),
    PHONE(EntityKind.PERSON),
    DOMAIN(EntityKind.COMPANY),
    LINKEDIN_COMPANY(EntityKind.COMPANY),
    COMPANY_NAME(EntityKind.COMPANY);

    private final EntityKind entity;

    KeyKind(EntityKind entity) {
        this.entity = entity;
    }

    /** The entity that this kind of key identifies. */
    public EntityKind entity() {
        return entity;
    }

    /** The name used in tables and specs, for instance {@code name_company}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The inverse of {@link #id()}.
     *
     * @throws IllegalArgumentException if {@code id} names no kind
     */
    public static KeyKind of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
