package io.tributary.jobs.table;

import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** By which identifiers the answers of history are known, append only. */
final class IdentitiesTable {
    private IdentitiesTable() {}

    static LakeTable at(TableRef ref) {
        return new LakeTable(
                ref,
                "Every identifier by which an answer is known, so that a row that has another one is not paid for again",
                schema(),
                List.of(),
                false);
    }

    private static StructType schema() {
        return new StructType(new StructField[] {
            Columns.text("alias_hash", "SHA-256 of the identifier in the form of a lookup key, hex"),
            Columns.text("kind", "The identifier's kind, such as email or linkedin_person"),
            Columns.text("entity", "person or company"),
            Columns.text("lookup_key", "The key under which history holds the answer, kind:value"),
            Columns.text(
                    "told_by", "answer if the answer names the identifier, record if the CRM record that asked does"),
            Columns.text("provider", "Who answered"),
            Columns.text("response_id", "The answer, as in history"),
            Columns.time("seen_at", "When the answer came"),
            Columns.text("run_id", "The run that asked")
        });
    }
}
