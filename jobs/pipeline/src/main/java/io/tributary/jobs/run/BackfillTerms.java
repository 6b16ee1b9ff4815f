package io.tributary.jobs.run;

import io.tributary.wanted.WantedFields;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How a backfill asks, whomever it asks about: the same in all its chunks, and when it is gone on with. Names nobody.
 *
 * @param providers whom to ask; empty for all of the waterfalls
 * @param wants the fields for which they are asked, in place of those of the settings; nothing to leave these as they are
 * @param maxCredits the most that it may spend, beside the caps of the settings
 * @param force whether answers are asked for again although they are fresh
 */
public record BackfillTerms(Set<String> providers, WantedFields wants, OptionalDouble maxCredits, boolean force) {
    public BackfillTerms {
        providers = Set.copyOf(providers);
        Objects.requireNonNull(wants, "wants");
        Objects.requireNonNull(maxCredits, "maxCredits");
    }
}
