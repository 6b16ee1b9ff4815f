package io.tributary.identity;

import java.util.Objects;
import java.util.Optional;

/**
 * What reading one cell came to: a value, a refusal with its code, or nothing because the cell holds nothing.
 *
 * @param value the value that was read
 * @param refusal the code of the refusal; empty if there is a value or the cell is absent
 */
record Reading<T>(Optional<T> value, Optional<String> refusal) {
    static <T> Reading<T> of(T value) {
        return new Reading<>(Optional.of(Objects.requireNonNull(value)), Optional.empty());
    }

    static <T> Reading<T> refused(String code) {
        return new Reading<>(Optional.empty(), Optional.of(code));
    }

    static <T> Reading<T> absent() {
        return new Reading<>(Optional.empty(), Optional.empty());
    }
}
