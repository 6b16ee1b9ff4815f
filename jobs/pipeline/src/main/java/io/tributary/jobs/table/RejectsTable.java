package io.tributary.jobs.table;

import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows of extracts that were set aside, each with its place and its reason. */
final class RejectsTable {
    private RejectsTable() {}

    static LakeTable at(TableRef ref) {
        return new LakeTable(
                ref, "CRM rows that were set aside, with file, row and reason; no values", schema(), List.of(), false);
    }

    private static StructType schema() {
        return new StructType(new StructField[] {
            Columns.text("run_id", "The run that read the row"),
            Columns.text("source", "The CRM"),
            Columns.text("object", "contact, lead or account"),
            Columns.text("extract", "File of the extract"),
            Columns.number("row", "Line of the file where the row starts"),
            Columns.text("record_id", "CRM record id, if it could be read"),
            Columns.text("reason", "Stable code"),
            Columns.text("detail", "What was expected and found, without values")
        });
    }
}
