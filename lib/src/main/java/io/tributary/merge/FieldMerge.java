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

    /** The items of the CRM's list before ours were written back; none where it holds no list. */
    Collection<?> ownItems() {
        if (suppliedByUs() && FieldRule.mixed(before.rule())) {
            return items(field, before.previous());
        }
        return held instanceof Collection<?> items ? items : List.of();
    }

    /** The items of a list as lineage tells it. */
    static Collection<?> items(Field field, Optional<String> text) {
        return text.map(list -> (Collection<?>) FieldValues.parse(field, list)).orElse(List.of());
    }

    Result take(FieldRule rule, Offer best) {
        return switch (rule.action()) {
            case NEVER -> keep();
            case OVERWRITE -> replace(rule, best);
            case FILL_EMPTY -> mayRefresh() ? replace(rule, best) : keep();
            case UNITE -> unite(rule, best);
        };
    }

    private Result replace(FieldRule rule, Offer best) {
        if (best.value().equals(held) && !ours()) {
            return keep();
        }
        return new Result(best.value(), lineage(rule, best, best.value()));
    }

    /** Lists only grow: an item that nobody can tell from a typed one is never taken away. */
    private Result unite(FieldRule rule, Offer best) {
        Set<Object> items = new LinkedHashSet<>(held == null ? List.of() : (Collection<?>) held);
        if (!items.addAll((Collection<?>) best.value())) {
            return keep();
        }
        List<Object> value = List.copyOf(items);
        return new Result(value, lineage(rule, best, value));
    }

    private FieldLineage lineage(FieldRule rule, Offer best, Object value) {
        return new FieldLineage(
                best.by().provider(),
                best.by().responseId(),
                best.by().fetchedAt(),
                best.by().confidence(),
                best.rule(rule),
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
