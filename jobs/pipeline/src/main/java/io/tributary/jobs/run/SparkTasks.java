package io.tributary.jobs.run;

import java.util.Locale;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.JavaSparkStatusTracker;
import org.apache.spark.sql.SparkSession;

/** What Spark is doing at this moment, in words. Thread-safe. */
final class SparkTasks {
    private final JavaSparkStatusTracker tracker;

    SparkTasks(SparkSession spark) {
        this.tracker = JavaSparkContext.fromSparkContext(spark.sparkContext()).statusTracker();
    }

    /** For instance {@code 12 of 40 tasks done}; between two queries there are none. */
    String now() {
        long total = 0;
        long done = 0;
        for (int stage : tracker.getActiveStageIds()) {
            SparkStageInfo info = tracker.getStageInfo(stage);
            if (info != null) {
                total += info.numTasks();
                done += info.numCompletedTasks();
            }
        }
        return total == 0 ? "planning" : String.format(Locale.ROOT, "%,d of %,d tasks done", done, total);
    }
}
