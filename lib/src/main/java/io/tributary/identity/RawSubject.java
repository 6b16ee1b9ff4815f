package io.tributary.identity;

import io.tributary.model.EntityKind;
import io.tributary.model.Profile;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * One CRM row's raw identifiers, as they stand in the extract. Immutable; the text form shows the fields only, never
 * what is in them.
 *
 * @param entity what the row describes
 * @param values the cells that are there; blank and null cells may be given and are left out
 */
public record RawSubject(EntityKind entity, Map<RawField, String> values) implements Serializable {
    public RawSubject {
        Objects.requireNonNull(entity, "entity");
        Map<RawField, String> kept = new EnumMap<>(RawField.class);
        values.forEach((field, value) -> {
            if (value != null && !value.isBlank()) {
                kept.put(field, value);
            }
        });
        values = Collections.unmodifiableMap(kept);
    }

    /** What a profile says that can identify its subject: an answer is read as a row of the same cells would be. */
    public static RawSubject of(Profile profile) {
        Map<RawField, String> values = new EnumMap<>(RawField.class);
        for (RawField cell : RawField.values()) {
            cell.field(profile.entity()).flatMap(profile::text).ifPresent(text -> values.put(cell, text));
        }
        return new RawSubject(profile.entity(), values);
    }

    /** The cell as it stands, or the empty string. */
    String raw(RawField field) {
        return values.getOrDefault(field, "");
    }

    @Override
    public String toString() {
        return entity.id() + values.keySet();
    }
}
