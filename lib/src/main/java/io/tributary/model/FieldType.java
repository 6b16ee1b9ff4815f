package io.tributary.model;

/** The types that a model field can have. */
public enum FieldType {
    STRING,
    /** A whole number, as {@link Long}. */
    LONG,
    /** Distinct strings in the provider's order, as an immutable {@code List<String>}. */
    STRING_LIST
}
