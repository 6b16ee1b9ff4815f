package io.tributary.mapping;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which column of an extract means what. Wherever several columns are named, the first that is there and not blank
 * counts, so that one mapping serves the spellings of several exports and languages. Columns that are neither mapped nor
 * dropped are carried through. Immutable.
 *
 * @param entity what a record describes
 * @param recordId columns of the CRM's record id, at least one
 * @param accountId of a person: columns with the record id of the employer's account
 * @param modifiedAt columns that say when the CRM last changed the record
 * @param fields path of a model field of that entity to its columns
 * @param identifiers further identifiers that are no model field (see {@link #IDENTIFIERS}) to their columns
 * @param lifeCycle what the columns say of the record's end
 * @param types column to what its cells must be readable as; others are text
 * @param drop columns that must never leave the extract
 */
public record ColumnMapping(
        EntityKind entity,
        List<String> recordId,
        List<String> accountId,
        List<String> modifiedAt,
        Map<String, List<String>> fields,
        Map<String, List<String>> identifiers,
        LifeCycle lifeCycle,
        Map<String, ColumnType> types,
        Set<String> drop)
        implements Serializable {

    /** The identifiers beyond the model's fields. */
    public static final List<String> IDENTIFIERS = List.of("second_email", "website", "second_phone");

    public ColumnMapping {
        Objects.requireNonNull(entity, "entity");
        Objects.requireNonNull(lifeCycle, "lifeCycle");
        recordId = List.copyOf(recordId);
        accountId = List.copyOf(accountId);
        modifiedAt = List.copyOf(modifiedAt);
        fields = copy(fields);
        identifiers = copy(identifiers);
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
        drop = Collections.unmodifiableSet(new LinkedHashSet<>(drop));
        if (recordId.isEmpty()) {
            throw new IllegalArgumentException("a mapping needs the column of the record id");
        }
        for (String path : fields.keySet()) {
            if (Field.at(entity, path).isEmpty()) {
                throw new IllegalArgumentException("a " + entity.id() + " has no field " + path);
            }
        }
        if (!IDENTIFIERS.containsAll(identifiers.keySet())) {
            throw new IllegalArgumentException("the identifiers are " + IDENTIFIERS);
        }
    }

    /** The same mapping, with more columns that must never leave the extract. */
    public ColumnMapping alsoDropping(List<String> columns) {
        Set<String> all = new LinkedHashSet<>(drop);
        all.addAll(columns);
        return new ColumnMapping(entity, recordId, accountId, modifiedAt, fields, identifiers, lifeCycle, types, all);
    }

    private static Map<String, List<String>> copy(Map<String, List<String>> columns) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        columns.forEach((key, names) -> copy.put(key, List.copyOf(names)));
        return Collections.unmodifiableMap(copy);
    }
}
