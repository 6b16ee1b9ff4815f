package io.tributary.jobs.run;

import java.util.Optional;
import java.util.Set;

/**
 * Whose answers are asked for again although they are fresh.
 *
 * @param asked whether anything is
 * @param where a Spark SQL condition over a CRM record; empty for all
 * @param keys keys as they stand in tables; empty for all
 * @param providers empty for everybody
 * @param answered runs of which what they were answered stands, for they were to do the same
 */
public record ForceRefresh(
        boolean asked, Optional<String> where, Set<String> keys, Set<String> providers, Set<String> answered) {
    /** Nobody's. */
    public static final ForceRefresh NONE = new ForceRefresh(false, Optional.empty(), Set.of(), Set.of());

    /** Of all that a run selects. */
    public static final ForceRefresh ALL = new ForceRefresh(true, Optional.empty(), Set.of(), Set.of());

    public ForceRefresh {
        keys = Set.copyOf(keys);
        providers = Set.copyOf(providers);
        answered = Set.copyOf(answered);
    }

    public ForceRefresh(boolean asked, Optional<String> where, Set<String> keys, Set<String> providers) {
        this(asked, where, keys, providers, Set.of());
    }

    /** The same, of a run that goes on with others. */
    ForceRefresh after(Set<String> runs) {
        return new ForceRefresh(asked, where, keys, providers, runs);
    }
}
