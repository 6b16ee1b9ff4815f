package io.tributary.jobs.run;

import io.delta.tables.DeltaMergeBuilder;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.table.Lake;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Writes the rows of runs that have ended. */
final class RunsLedger {
    private RunsLedger() {}

    /** Writes the row of a run, unless it has one. */
    static void add(SparkSession spark, Lake lake, RunSummary run) {
        merge(spark, lake, run).whenNotMatched().insertExpr(all(lake)).execute();
    }

    /** Writes the row of a run, in place of the one that it may have written itself before it was known what it spent. */
    static void put(SparkSession spark, Lake lake, RunSummary run) {
        merge(spark, lake, run)
                .whenMatched()
                .updateExpr(all(lake))
                .whenNotMatched()
                .insertExpr(all(lake))
                .execute();
    }

    private static DeltaMergeBuilder merge(SparkSession spark, Lake lake, RunSummary run) {
        return lake.runs().delta(spark).as("old").merge(row(spark, lake, run).as("new"), "old.run_id = new.run_id");
    }

    private static Map<String, String> all(Lake lake) {
        return Arrays.stream(lake.runs().schema().fieldNames())
                .collect(Collectors.toMap(name -> name, name -> "new." + name));
    }

    private static Dataset<Row> row(SparkSession spark, Lake lake, RunSummary run) {
        Row row = RowFactory.create(
                run.runId(),
                run.job(),
                run.status().id(),
                Timestamp.from(run.asOf()),
                Timestamp.from(run.startedAt()),
                Timestamp.from(run.finishedAt()),
                Math.round(run.count("rows_read")),
                Math.round(run.count("rows_rejected")),
                Math.round(run.count("work")),
                Math.round(run.count("calls")),
                run.count("credits"),
                run.count("credits_uncertain"),
                Math.round(run.count("deferred")),
                Math.round(run.count("golden_changed")),
                run.toJson());
        return spark.createDataFrame(List.of(row), lake.runs().schema());
    }
}
