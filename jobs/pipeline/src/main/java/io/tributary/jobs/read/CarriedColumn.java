package io.tributary.jobs.read;

import java.io.Serializable;
import java.util.Objects;

/**
 * A column of the CRM that no model field takes, carried through to the golden table.
 *
 * @param name its golden column
 * @param header what the extract calls it
 * @param type its Spark SQL type
 * @param source the CRM and object it comes from
 */
public record CarriedColumn(String name, String header, String type, String source) implements Serializable {
    public CarriedColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(header, "header");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(source, "source");
    }
}
