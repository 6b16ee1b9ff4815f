package io.tributary.provider;

import io.tributary.model.Identifiers.Input;
import java.util.Map;
import java.util.Optional;

/**
 * How a batch is taken apart.
 *
 * @param size the most asks in one call, at least 2
 * @param items where the items lie
 * @param reference where an item echoes our own reference; empty if it does not
 * @param identity where an item states what was asked about: input to place; used where there is no reference
 * @param positional whether an answer with as many items as asks has them in the same order; an item whose identity
 *     contradicts its ask is not believed
 * @param leftOut what it means that an ask has no item: not found, or else that it is missing and may be asked again
 */
record BatchRule(
        int size,
        NodePath items,
        Optional<NodePath> reference,
        Map<Input, NodePath> identity,
        boolean positional,
        boolean leftOutIsNotFound) {
    BatchRule {
        identity = Map.copyOf(identity);
        if (size < 2) {
            throw new IllegalArgumentException("a batch holds at least 2");
        }
    }
}
