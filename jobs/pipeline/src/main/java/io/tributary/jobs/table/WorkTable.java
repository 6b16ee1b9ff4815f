package io.tributary.jobs.table;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The work list: one row for each key that a run may ask about, with what may be sent and to whom. */
final class WorkTable {
    private WorkTable() {}

    static LakeTable at(TableRef ref) {
        return new LakeTable(
                ref,
                "What each run planned to ask: a task that is tried again sees exactly the same keys",
                schema(),
                List.of("run_id"),
                false);
    }

    private static StructType schema() {
        StructType ask = new StructType(new StructField[] {
            Columns.text("provider", "Whom to ask"),
            Columns.number("epoch", "Epoch seconds of the answer that this ask supersedes; 0 for the first"),
            Columns.text("mode", "ask, again if an earlier ask may have been billed, or resume for a pending answer"),
            Columns.text("operation", "The operation that was accepted earlier, where its answer is fetched"),
            Columns.text("job_id", "How to resume, if the provider gave an id"),
            Columns.decimal("worst_credits", "The most it can cost")
        });
        return new StructType(new StructField[] {
            Columns.text("run_id", "The run that planned it; of what is listed: the backfill"),
            Columns.of(
                    "bucket",
                    DataTypes.IntegerType,
                    "Bucket of the key; one task works one bucket. Of what is listed: the chunk"),
            Columns.text("entity", "person or company"),
            Columns.text("lookup_key", "The key to ask about, kind:value"),
            Columns.text("key_hash", "SHA-256 of lookup_key, hex"),
            Columns.map("inputs", "What may be sent"),
            Columns.of(
                    "aliases",
                    DataTypes.createArrayType(DataTypes.StringType),
                    "Further identifiers of the records that ask: the answer is known by them too"),
            Columns.of("asks", DataTypes.createArrayType(ask), "Providers in waterfall order"),
            Columns.text(
                    "status",
                    "planned; deferred, if no round of the budget reached it; or listed: of a backfill, until its chunk's"
                            + " turn"),
            Columns.text(
                    "reason",
                    "never_asked, stale, negative_expired, failed, unknown, pending, or missing: and the wanted fields"
                            + " that history lacks; or why deferred"),
            Columns.of(
                    "missing",
                    DataTypes.createArrayType(DataTypes.StringType),
                    "The wanted fields that are asked for; empty where nothing in particular is wanted")
        });
    }
}
