package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.harvest.HarvestStep;
import io.tributary.jobs.table.Lake;
import io.tributary.settings.Prices;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Gives runs that died, or ended before they could count what they spent, the row in {@code runs} that is due to them. */
final class DeadRuns {
    private static final String FOUND = " found in its journal what it had spent";

    private final SparkSession spark;
    private final Lake lake;
    private final ShippedCatalog catalog;
    private final Prices prices;
    private final Clock clock;

    DeadRuns(SparkSession spark, Lake lake, ShippedCatalog catalog, Prices prices, Clock clock) {
        this.spark = spark;
        this.lake = lake;
        this.catalog = catalog;
        this.prices = prices;
        this.clock = clock;
    }

    /**
     * @param left what was found in the journals of earlier runs and is in history now
     * @param finder the run that found it
     */
    void record(HarvestStep.Result left, String finder) {
        Set<String> found = new TreeSet<>(left.runs());
        left.tried().forEach(tried -> found.add(tried.run()));
        found.remove(finder);
        if (found.isEmpty()) {
            return;
        }
        Map<String, Row> rows = new HashMap<>();
        lake.runs()
                .read(spark)
                .where(col("run_id").isin(found.toArray()))
                .select("run_id", "status", "as_of", "started_at", "summary", "calls")
                .collectAsList()
                .forEach(row -> rows.put(row.getString(0), row));
        for (String run : found) {
            Row row = rows.get(run);
            boolean cutShort = row == null || Set.of("failed", "stopped").contains(row.getString(1));
            if (cutShort && (row == null || left.runs().contains(run) || !counts(row, left))) {
                RunsLedger.put(spark, lake, summary(run, row, left, finder).died());
            }
        }
    }

    /** An answer may be in history and not in the row of its run: who brought it there died in between. */
    private static boolean counts(Row row, HarvestStep.Result left) {
        long calls = left.tried().stream()
                .filter(tried -> tried.run().equals(row.getString(0)))
                .mapToLong(HarvestStep.Tried::calls)
                .sum();
        return calls == 0 ? row.getString(4).contains(FOUND) : row.getLong(5) == calls;
    }

    private RunLog summary(String run, Row row, HarvestStep.Result left, String finder) {
        Instant started = row == null
                ? RunIds.started(run).orElseGet(clock::instant)
                : row.getTimestamp(3).toInstant();
        Instant asOf = row == null ? started : row.getTimestamp(2).toInstant();
        RunLog log = new RunLog(run, asOf, started, clock, () -> {});
        log.prices(prices);
        if (row == null) {
            log.note("died without a word");
        } else {
            notes(row.getString(4), log);
        }
        log.note("run " + finder + FOUND);
        Map<String, Long> work = new HashMap<>();
        lake.work()
                .read(spark)
                .where(col("run_id").equalTo(run))
                // What a later round of the budget asked was deferred before.
                .groupBy("lookup_key")
                .agg(max(col("status")).as("status"))
                .groupBy("status")
                .count()
                .collectAsList()
                .forEach(each -> work.put(each.getString(0), each.getLong(1)));
        log.planned(work.getOrDefault("planned", 0L), work.getOrDefault("deferred", 0L));
        log.tried(left.tried(), catalog::worstCredits);
        log.answers(lake.history().read(spark).where(col("run_id").equalTo(run)), catalog::worstCredits);
        return log;
    }

    private static void notes(String summary, RunLog log) {
        try {
            new ObjectMapper().readTree(summary).path("notes").forEach(note -> log.note(note.asText()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a summary in the table runs that is no JSON", e);
        }
    }
}
