package io.tributary.identity;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One row while it is read: its cells, and the reasons that have come up. Used by one thread, for one row. */
final class Row {
    private final RawSubject subject;
    private final Set<String> reasons = new LinkedHashSet<>();

    Row(RawSubject subject) {
        this.subject = subject;
    }

    /** The readable text of a cell; empty for blanks and placeholders. */
    Optional<String> text(RawField field) {
        String raw = subject.raw(field);
        if (CellText.isTooLong(raw)) {
            note(field, "too_long");
            return Optional.empty();
        }
        return CellText.of(field, raw);
    }

    /** Reads a cell; a refusal is noted under the field's name. */
    <T> Optional<T> read(RawField field, Function<String, Reading<T>> reader) {
        return noted(field, text(field).map(reader).orElseGet(Reading::absent));
    }

    <T> Optional<T> noted(RawField field, Reading<T> reading) {
        reading.refusal().ifPresent(code -> note(field, code));
        return reading.value();
    }

    void note(RawField field, String code) {
        reasons.add(field.id() + ": " + code);
    }

    void noteRow(String code) {
        reasons.add(code);
    }

    Set<String> reasons() {
        return reasons;
    }
}
