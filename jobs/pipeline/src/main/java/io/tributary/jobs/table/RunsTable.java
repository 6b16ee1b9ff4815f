package io.tributary.jobs.table;

import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The ledger of runs: one row for every run however it ended, with its summary. */
final class RunsTable {
    private RunsTable() {}

    static LakeTable at(TableRef ref) {
        return new LakeTable(
                ref, "One row for each run, with what it did and what it cost", schema(), List.of(), false);
    }

    private static StructType schema() {
        return new StructType(new StructField[] {
            Columns.text("run_id", "Id of the run"),
            Columns.text("job", "nightly, plan, ..."),
            Columns.text("status", "done, deferred, stopped or failed"),
            Columns.time("as_of", "The clock of freshness that the run used"),
            Columns.time("started_at", "Start"),
            Columns.time("finished_at", "End"),
            Columns.number("rows_read", "CRM rows read"),
            Columns.number("rows_rejected", "CRM rows set aside"),
            Columns.number("work", "Keys planned to be asked"),
            Columns.number("calls", "Requests sent"),
            Columns.decimal("credits", "Credits spent by the providers' files"),
            Columns.decimal("credits_uncertain", "The most that asks of unknown outcome may have cost besides"),
            Columns.number("deferred", "Keys left for a later night"),
            Columns.number("golden_changed", "Golden rows written"),
            Columns.text("summary", "The whole summary as JSON, as --json prints it")
        });
    }
}
