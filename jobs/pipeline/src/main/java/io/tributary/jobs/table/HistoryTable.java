package io.tributary.jobs.table;

import io.tributary.model.EntityKind;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The enrichment history, append only: one row for every provider answer, and for every ask and every try of a dead task that may
 * have been paid for and has none. It is the cache and the proof.
 */
final class HistoryTable {
    private HistoryTable() {}

    static LakeTable at(TableRef ref) {
        return new LakeTable(
                ref,
                "Every answer of every provider, append only: the cache that spares calls and the proof of each value",
                schema(),
                List.of("bucket"),
                // By it a night finds the answers that no merge has seen; what is only added costs nothing more.
                true);
    }

    private static StructType schema() {
        return new StructType(new StructField[] {
            Columns.of("bucket", DataTypes.IntegerType, "Bucket of the key: look-ups touch only the buckets they need"),
            Columns.text("entity", "person or company"),
            Columns.text("lookup_key", "The key that was asked about, kind:value"),
            Columns.text("key_hash", "SHA-256 of lookup_key, hex"),
            Columns.text("provider", "Who answered"),
            Columns.text("operation", "The operation of the provider's file"),
            Columns.number("epoch", "Epoch seconds of the answer this one supersedes; 0 for the first"),
            Columns.text("outcome", "MATCHED, PARTIAL, NOT_FOUND, REJECTED, FAILED, PENDING, UNKNOWN or SUPPRESSED"),
            Columns.text("reason", "Stable code that says why, empty on a plain match"),
            Columns.decimal("confidence", "0 to 1; null without data"),
            Columns.time("fetched_at", "When the answer came"),
            Columns.decimal("credits", "What it cost by the provider's file"),
            Columns.of("http_status", DataTypes.IntegerType, "0 when no complete response came"),
            Columns.text("response_id", "Unique and deterministic id of this answer; lineage points here"),
            Columns.text(
                    "carried_by",
                    "The response_id of the answer about somebody else that this one came with; null where it was asked for"),
            Columns.of("person", Columns.profile(EntityKind.PERSON), "What the answer says of the person"),
            Columns.of("company", Columns.profile(EntityKind.COMPANY), "What the answer says of the company"),
            Columns.of(
                    "present",
                    DataTypes.createArrayType(DataTypes.StringType),
                    "Fields that the answer holds, such as person.title: per provider, how often each is filled"),
            Columns.text("raw_body", "The response as it came, so that a better mapping needs no new call"),
            Columns.text("inputs_hash", "Hash of the inputs that were sent"),
            Columns.text("job_id", "How to ask for the rest of a pending answer"),
            Columns.text("spec_version", "Version of the provider's file that read it"),
            Columns.text("run_id", "The run that asked"),
            Columns.text("segment", "The journal segment that it was harvested from")
        });
    }
}
