package io.tributary.jobs.run;

import io.tributary.model.EntityKind;
import io.tributary.wanted.WantedFields;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a backfill is to do.
 *
 * @param where a Spark SQL condition over the columns of a golden table; empty for all its records
 * @param since only records that an extract brought from then on; empty for all
 * @param entities whose golden tables
 * @param chunk how many keys are asked, harvested and merged at a time, 1 or more
 */
public record BackfillRequest(
        Optional<String> where, Optional<Instant> since, Set<EntityKind> entities, BackfillTerms terms, int chunk) {
    /** Some minutes of calls at the usual quotas: long beside what a chunk costs by itself, and short to wait for. */
    public static final int CHUNK = 5000;

    /** Passes over no answer that is fresh, and asks for the fields of the settings. */
    public BackfillRequest(
            Optional<String> where,
            Optional<Instant> since,
            Set<EntityKind> entities,
            Set<String> providers,
            OptionalDouble maxCredits) {
        this(where, since, entities, new BackfillTerms(providers, WantedFields.NOTHING, maxCredits, false), CHUNK);
    }

    public BackfillRequest {
        entities = Set.copyOf(entities);
        Objects.requireNonNull(terms, "terms");
        if (entities.isEmpty()) {
            throw new IllegalArgumentException("a backfill is of contacts, accounts or both");
        }
        if (chunk < 1) {
            throw new IllegalArgumentException("a chunk has a key or more, not " + chunk);
        }
    }
}
