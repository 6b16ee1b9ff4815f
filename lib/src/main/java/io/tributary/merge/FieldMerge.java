package io.tributary.merge;

import io.tributary.model.Field;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The decision about one field. A value of the CRM is ours when the last merge supplied it (it was written back), or when
 * the last merge, filling only, put its value in the place of it (that one was not written back yet). Any other value
 * was typed by a person.
 *
 * @param held what the CRM holds; null for nothing
 * @param before the lineage of the last merge; null for none
 */
record FieldMerge(Field field, Object held, FieldLineage before) {

    /**
     * @param value null for nothing
     * @param lineage null when the value is the CRM's own
     */
    record Result(Object value, FieldLineage lineage) {}

    /** No answer has a value that may be taken. */
    Result keep() {
        return new Result(held, suppliedByUs() ? before : null);
    }

    Result take(FieldRule rule, Candidate best) {
        Object offered = best.profile().values().get(field);
        return switch (rule.action()) {
            case NEVER -> keep();
            case OVERWRITE -> replace(rule, best, offered);
            case FILL_EMPTY -> mayRefresh() ? replace(rule, best, offered) : keep();
            case UNITE -> unite(rule, best, (List<?>) offered);
        };
    }

    private Result replace(FieldRule rule, Candidate best, Object value) {
        if (value.equals(held) && !ours()) {
            return keep();
        }
        return new Result(value, lineage(rule, best, value));
    }

    /** Lists only grow: an item that nobody can tell from a typed one is never taken away. */
    private Result unite(FieldRule rule, Candidate best, List<?> offered) {
        Set<Object> items = new LinkedHashSet<>(held == null ? List.of() : (Collection<?>) held);
        if (!items.addAll(offered)) {
            return keep();
        }
        List<Object> value = List.copyOf(items);
        return new Result(value, lineage(rule, best, value));
    }

    private FieldLineage lineage(FieldRule rule, Candidate best, Object value) {
        return new FieldLineage(
                best.provider(),
                best.responseId(),
                best.fetchedAt(),
                best.confidence(),
                rule.text(),
                FieldValues.text(field, value),
                previous(value));
    }

    /** What the value stands in place of. Once written back, that is no longer in the CRM, but still in the lineage. */
    private Optional<String> previous(Object value) {
        if (held == null) {
            return Optional.empty();
        }
        if (!value.equals(held)) {
            return Optional.of(heldText());
        }
        return before.previous().filter(text -> !text.equals(heldText()));
    }

    private boolean mayRefresh() {
        return held == null || ours() && !(suppliedByUs() && FieldRule.mixed(before.rule()));
    }

    private boolean ours() {
        return suppliedByUs()
                || held != null
                        && before != null
                        && FieldRule.onlyFilled(before.rule())
                        && before.previous().filter(heldText()::equals).isPresent();
    }

    private boolean suppliedByUs() {
        return held != null && before != null && before.value().equals(heldText());
    }

    private String heldText() {
        return FieldValues.text(field, held);
    }
}
