package io.tributary.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of one person or company: a value for some of the {@linkplain Field fields} of its entity. Any field may
 * be missing; a missing field is absent, never blank or null. Immutable.
 */
public final class Profile {
    private final EntityKind entity;
    private final Map<Field, Object> values;

    private Profile(EntityKind entity, Map<Field, Object> values) {
        this.entity = entity;
        this.values = Collections.unmodifiableMap(values);
    }

    /** A profile of which nothing is known. */
    public static Profile empty(EntityKind entity) {
        return new Profile(Objects.requireNonNull(entity, "entity"), new EnumMap<>(Field.class));
    }

    /**
     * A profile of several fields. A blank string or an empty list leaves its field absent.
     *
     * @throws IllegalArgumentException if a field belongs to the other entity or a value has the wrong type
     */
    public static Profile of(EntityKind entity, Map<Field, Object> values) {
        EnumMap<Field, Object> kept = new EnumMap<>(Field.class);
        values.forEach((field, value) -> {
            if (field.entity() != entity) {
                throw new IllegalArgumentException(field + " is no field of a " + entity.id());
            }
            checked(field, value).ifPresent(known -> kept.put(field, known));
        });
        return new Profile(Objects.requireNonNull(entity, "entity"), kept);
    }

    /**
     * This profile with one field set. A blank string or an empty list leaves the field absent.
     *
     * @throws IllegalArgumentException if the field belongs to the other entity or the value has the wrong type
     */
    public Profile with(Field field, Object value) {
        if (field.entity() != entity) {
            throw new IllegalArgumentException(field + " is no field of a " + entity.id());
        }
        EnumMap<Field, Object> next = new EnumMap<>(Field.class);
        next.putAll(values);
        checked(field, value).ifPresentOrElse(kept -> next.put(field, kept), () -> next.remove(field));
        return new Profile(entity, next);
    }

    private static Optional<Object> checked(Field field, Object value) {
        return switch (field.type()) {
            case STRING -> {
                String text = ((String) requireType(String.class, field, value)).strip();
                yield text.isEmpty() ? Optional.empty() : Optional.of(text);
            }
            case LONG -> Optional.of(requireType(Long.class, field, value));
            case STRING_LIST -> {
                List<?> list = (List<?>) requireType(List.class, field, value);
                List<Object> kept = list.stream()
                        .filter(item -> item instanceof String text && !text.isBlank())
                        .<Object>map(item -> ((String) item).strip())
                        .distinct()
                        .toList();
                yield kept.isEmpty() ? Optional.empty() : Optional.of(kept);
            }
        };
    }

    private static Object requireType(Class<?> type, Field field, Object value) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(field + " takes a " + type.getSimpleName());
        }
        return value;
    }

    public EntityKind entity() {
        return entity;
    }

    /** The fields that have a value, in declared order, each with its String, Long or List of String. */
    public Map<Field, Object> values() {
        return values;
    }

    public Optional<Object> value(Field field) {
        return Optional.ofNullable(values.get(field));
    }

    /** The value of a string field, if it is known. */
    public Optional<String> text(Field field) {
        return value(field).map(String.class::cast);
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Profile that && entity == that.entity && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(entity, values);
    }

    /** The names of the known fields, without their values: a profile may describe a person. */
    @Override
    public String toString() {
        return entity.id() + values.keySet();
    }
}
