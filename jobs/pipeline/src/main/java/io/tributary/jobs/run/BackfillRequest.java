package io.tributary.jobs.run;

import io.tributary.model.EntityKind;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a backfill is to do.
 *
 * @param where a Spark SQL condition over the columns of a golden table; empty for all its records
 * @param since only records that an extract brought from then on; empty for all
 * @param entities whose golden tables
 * @param providers whom to ask; empty for all of the waterfalls
 * @param maxCredits the most that it may spend, beside the caps of the settings
 * @param force whether answers are asked for again although they are fresh
 */
public record BackfillRequest(
        Optional<String> where,
        Optional<Instant> since,
        Set<EntityKind> entities,
        Set<String> providers,
        OptionalDouble maxCredits,
        boolean force) {
    /** Passes over no answer that is fresh. */
    public BackfillRequest(
            Optional<String> where,
            Optional<Instant> since,
            Set<EntityKind> entities,
            Set<String> providers,
            OptionalDouble maxCredits) {
        this(where, since, entities, providers, maxCredits, false);
    }

    public BackfillRequest {
        entities = Set.copyOf(entities);
        providers = Set.copyOf(providers);
        if (entities.isEmpty()) {
            throw new IllegalArgumentException("a backfill is of contacts, accounts or both");
        }
    }
}
