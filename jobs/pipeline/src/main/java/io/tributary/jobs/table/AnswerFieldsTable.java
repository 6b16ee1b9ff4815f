package io.tributary.jobs.table;

import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The fields that providers' answers have had so far: by them a run tells a new field from an old one. */
final class AnswerFieldsTable {
    private AnswerFieldsTable() {}

    static LakeTable at(TableRef ref) {
        return new LakeTable(
                ref,
                "Every field that a raw answer has had so far, with each type that it had; names only, no value",
                schema(),
                List.of(),
                false);
    }

    private static StructType schema() {
        return new StructType(new StructField[] {
            Columns.text("provider", "Whose answers"),
            Columns.text("entity", "person or company"),
            Columns.text("operation", "The operation of the provider's file"),
            Columns.text(
                    "path",
                    "Names from the outside in, with points between; [] for the items of a list, * for names"
                            + " that differ from answer to answer"),
            Columns.text("type", "string, number, boolean, object, array or null"),
            Columns.time("first_seen", "When the first such answer came"),
            Columns.text("run_id", "The run that asked for it")
        });
    }
}
