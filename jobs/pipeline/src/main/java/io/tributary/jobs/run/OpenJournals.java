package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.col;

import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.table.Lake;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/** Runs whose journals may hold answers that history does not have: a plan that writes nothing can't use them. */
final class OpenJournals {
    private final SparkSession spark;
    private final Lake lake;
    private final HadoopJournalStore journal;

    OpenJournals(SparkSession spark, Lake lake, HadoopJournalStore journal) {
        this.spark = spark;
        this.lake = lake;
        this.journal = journal;
    }

    /**
     * What a reader of the plan must know of them: no sentence or one.
     *
     * @param living runs that are at work
     */
    List<String> notices(Set<String> living) throws IOException {
        Set<String> open = new TreeSet<>(journal.unharvestedRuns());
        open.removeAll(living);
        if (open.isEmpty()) {
            return List.of();
        }
        open.removeAll(lake.runs()
                .read(spark)
                .where(col("run_id").isin(open.toArray()).and(col("status").isin("done", "deferred")))
                .select("run_id")
                .as(Encoders.STRING())
                .collectAsList());
        Set<String> known = new TreeSet<>();
        if (!open.isEmpty()) {
            known.addAll(lake.history()
                    .read(spark)
                    .where(col("run_id").isin(open.toArray()).and(col("segment").isNotNull()))
                    .select("segment")
                    .distinct()
                    .as(Encoders.STRING())
                    .collectAsList());
        }
        List<String> left = new ArrayList<>();
        for (String run : open) {
            if (!known.containsAll(journal.list(run))) {
                left.add(run);
            }
        }
        return left.isEmpty()
                ? List.of()
                : List.of(left.size() + (left.size() == 1 ? " earlier run is" : " earlier runs are")
                        + " not harvested yet (" + String.join(", ", left)
                        + "): the next nightly does that first and does not ask again for what they paid for,"
                        + " so it may ask for less than this plan says");
    }
}
