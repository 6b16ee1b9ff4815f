package io.tributary.jobs.plan;

import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.model.LookupKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be decided about one key, besides what history says of it.
 *
 * @param key by which times are spread; empty for the times as they are written
 * @param withheld providers that nothing may be sent to
 * @param forced providers whose answers are passed over
 * @param order the providers of the waterfall in an order of this key's own; empty for the listed one
 */
record Question(
        EntityKind entity,
        Optional<LookupKey> key,
        Identifiers inputs,
        Set<String> withheld,
        Set<String> forced,
        Optional<List<String>> order) {
    Question {
        Objects.requireNonNull(entity, "entity");
        Objects.requireNonNull(key, "key");
        withheld = Set.copyOf(withheld);
        forced = Set.copyOf(forced);
        order = order.map(List::copyOf);
    }

    /** About a subject that anybody may be asked about, if it is time. */
    static Question of(EntityKind entity, Identifiers inputs) {
        return new Question(entity, Optional.empty(), inputs, Set.of(), Set.of(), Optional.empty());
    }
}
