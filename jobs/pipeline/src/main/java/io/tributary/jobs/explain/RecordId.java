package io.tributary.jobs.explain;

import io.tributary.model.EntityKind;
import java.util.Objects;
import java.util.Optional;

/**
 * Which golden record is meant.
 *
 * @param source the CRM; empty where the id is enough
 * @param object {@code contact}, {@code lead} or {@code account}; empty where the id is enough
 * @param id the record's id in the CRM
 */
public record RecordId(EntityKind entity, Optional<String> source, Optional<String> object, String id) {
    public RecordId {
        Objects.requireNonNull(entity, "entity");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(object, "object");
        if (id.isBlank()) {
            throw new IllegalArgumentException("a record is known by its id in the CRM");
        }
    }

    /** The golden table that it stands in. */
    String table() {
        return entity == EntityKind.PERSON ? "contacts" : "accounts";
    }
}
