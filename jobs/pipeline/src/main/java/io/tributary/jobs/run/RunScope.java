package io.tributary.jobs.run;

import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.table.Lake;
import io.tributary.settings.Settings;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * What the steps of one run share.
 *
 * @param catalog whom it may ask
 * @param asOf its clock, by which answers are fresh or stale
 * @param others runs that are at work on the lake
 */
record RunScope(
        Settings settings,
        SparkSession spark,
        Lake lake,
        ShippedCatalog catalog,
        String runId,
        Instant asOf,
        Staging staging,
        List<LivingRun> others) {
    RunScope {
        others = List.copyOf(others);
    }
}
