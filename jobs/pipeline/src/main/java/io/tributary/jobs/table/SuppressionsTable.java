package io.tributary.jobs.table;

import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Whom never to send to any provider. */
final class SuppressionsTable {
    private SuppressionsTable() {}

    static LakeTable at(TableRef ref) {
        return new LakeTable(ref, "Keys that are never sent to any provider", schema(), List.of(), false);
    }

    private static StructType schema() {
        return new StructType(new StructField[] {
            Columns.text("key_hash", "SHA-256 of the lookup key, hex: the list itself names nobody"),
            Columns.text("reason", "opt_out, request, ..."),
            Columns.time("added_at", "Since when")
        });
    }
}
