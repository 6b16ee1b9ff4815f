package io.tributary.provider;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A response, understood.
 *
 * @param verdict what it means for the call
 * @param reason a stable code in snake case for logs and reports; never the provider's message, which may hold a key
 * @param items one per ask that was answered, in any order; empty unless the verdict is {@link Verdict#ANSWERED} or
 *     {@link Verdict#ANSWERED_LAST}
 * @param refusedFields what may not be asked for, with {@link Verdict#FIELD_REFUSED}; else empty
 */
public record Reading(Verdict verdict, String reason, List<ItemReading> items, Set<String> refusedFields) {
    public Reading(Verdict verdict, String reason, List<ItemReading> items) {
        this(verdict, reason, items, Set.of());
    }

    public Reading {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(reason, "reason");
        items = List.copyOf(items);
        refusedFields = Set.copyOf(refusedFields);
    }
}
