package io.tributary.mapping;

import java.util.Arrays;
import java.util.Locale;

/** What the cells of a carried-through column must be readable as. */
public enum ColumnType {
    STRING("string"),
    BOOLEAN("boolean"),
    INTEGER("bigint"),
    DOUBLE("double"),
    TIMESTAMP("timestamp"),
    DATE("date");

    private final String sql;

    ColumnType(String sql) {
        this.sql = sql;
    }

    /** The type's name in SQL. */
    public String sql() {
        return sql;
    }

    /** The name used in mappings. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if no type has that id */
    public static ColumnType of(String id) {
        return Arrays.stream(values())
                .filter(type -> type.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column type is called " + id));
    }
}
