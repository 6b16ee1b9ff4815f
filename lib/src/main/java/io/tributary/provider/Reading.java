package io.tributary.provider;

import java.util.List;
import java.util.Objects;

/**
 * A response, understood.
 *
 * @param verdict what it means for the call
 * @param reason a stable code in snake case for logs and reports; never the provider's message, which may hold a key
 * @param items one per ask that was answered, in any order; empty unless the verdict is {@link Verdict#ANSWERED} or
 *     {@link Verdict#ANSWERED_LAST}
 */
public record Reading(Verdict verdict, String reason, List<ItemReading> items) {
    public Reading {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(reason, "reason");
        items = List.copyOf(items);
    }
}
