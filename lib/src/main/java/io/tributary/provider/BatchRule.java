package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * How a batch is taken apart.
 *
 * @param size the most asks in one call, at least 2
 * @param items where the items lie
 * @param keyed whether the items are an object, each under our own reference, and no list
 * @param reference where an item echoes our own reference; empty if it does not
 * @param identity where an item states what was asked about; used where there is no reference
 * @param positional whether an answer with as many items as asks has them in the same order; an item whose identity
 *     contradicts its ask is not believed
 * @param leftOut what it means that an ask has no item
 */
record BatchRule(
        int size,
        NodePath items,
        boolean keyed,
        Optional<NodePath> reference,
        Identity identity,
        boolean positional,
        LeftOut leftOut) {
    /** What it means that an ask has no item. */
    enum LeftOut {
        NOT_FOUND,
        /** It is missing, and may be asked again. */
        ASK_AGAIN,
        /** A finished job has no answer for it and will have none: the rule of asking again holds. */
        GONE
    }

    BatchRule {
        if (size < 2) {
            throw new IllegalArgumentException("a batch holds at least 2");
        }
    }

    /** The same batch as the result of a job: in no order, at another place, and never to have more than it has. */
    BatchRule inJob(NodePath place) {
        LeftOut inJob = leftOut == LeftOut.ASK_AGAIN ? LeftOut.GONE : leftOut;
        return new BatchRule(size, place, keyed, reference, identity, false, inJob);
    }

    /** Whether this is what the items stand in. */
    boolean isItems(JsonNode found) {
        return keyed ? found.isObject() : found.isArray();
    }
}
