package io.tributary.jobs.run;

import io.tributary.jobs.read.Interval;
import java.time.Instant;
import java.util.Optional;

/**
 * What one run is told, beside the settings.
 *
 * @param asOf where the run's clock starts, by which answers are fresh or stale and new ones are stamped; empty for now
 * @param interval which extracts may be chosen; decides nothing else
 * @param force whose answers are asked for again although they are fresh
 * @param all whether to look at all records, and not at those alone of which something has changed
 */
public record RunOptions(Optional<Instant> asOf, Interval interval, ForceRefresh force, boolean all) {
    /** Passes over no answer that is fresh, and over no record of which something has changed. */
    public RunOptions(Optional<Instant> asOf, Interval interval) {
        this(asOf, interval, ForceRefresh.NONE, false);
    }
}
