package io.tributary.jobs.run;

import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.table.Lake;
import java.sql.Timestamp;
import java.util.List;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Writes the row of a finished run. */
final class RunsLedger {
    private RunsLedger() {}

    static void add(SparkSession spark, Lake lake, RunSummary run) {
        var row = RowFactory.create(
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
                Math.round(run.count("deferred")),
                Math.round(run.count("golden_changed")),
                run.toJson());
        lake.runs()
                .append(spark.createDataFrame(List.of(row), lake.runs().schema()), "tributary-run-" + run.runId(), 1);
    }
}
