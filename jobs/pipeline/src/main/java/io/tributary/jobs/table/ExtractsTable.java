package io.tributary.jobs.table;

import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The ledger of extracts that finished runs have read: by it the next run tells a new extract from an old one. */
public final class ExtractsTable {
    private ExtractsTable() {}

    static LakeTable at(TableRef ref) {
        return new LakeTable(ref, "Extracts that were read by finished runs", schema(), List.of(), false);
    }

    /** The declared columns. */
    public static StructType schema() {
        return new StructType(new StructField[] {
            Columns.text("run_id", "The run that read it"),
            Columns.time("read_at", "When that run ended"),
            Columns.text("source", "Source of the settings"),
            Columns.text("path", "Where it lay"),
            Columns.number("bytes", "Size of the file; 0 for a table"),
            Columns.time("modified", "When it was last written"),
            Columns.text("sha256", "Hash of its content; version:N for a table"),
            Columns.number("rows", "Records in it, readable or not"),
            Columns.time("extracted_at", "When the CRM wrote it")
        });
    }
}
