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
            Columns.text(
                    "key_hash",
                    "SHA-256 of a key such as email:ada@acme.com, or of an address alone, hex: the list itself names nobody"),
            Columns.text("reason", "request, opt_out (a provider said so), erased, or what was given"),
            Columns.time("added_at", "Since when")
        });
    }
}
