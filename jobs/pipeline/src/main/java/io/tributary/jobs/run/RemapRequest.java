package io.tributary.jobs.run;

import java.util.Set;

/**
 * What a remap is to do.
 *
 * @param providers whose answers; empty for all that the settings know
 * @param all answers too that today's version of the file has read
 * @param mergeOnly leaves history alone, and makes the golden tables again
 */
public record RemapRequest(Set<String> providers, boolean all, boolean mergeOnly) {
    public RemapRequest {
        providers = Set.copyOf(providers);
        if (mergeOnly && (all || !providers.isEmpty())) {
            throw new IllegalArgumentException("a merge alone reads no answers again");
        }
    }
}
