package io.tributary.jobs.table;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Certificates: one row for each erasure, which tells that it was made and names nobody. */
public final class ErasuresTable {
    private ErasuresTable() {}

    static LakeTable at(TableRef ref) {
        return new LakeTable(ref, "Certificates of erasures; they name nobody", schema(), List.of(), false);
    }

    /** The declared columns. */
    public static StructType schema() {
        return new StructType(new StructField[] {
            Columns.text("erasure_id", "Id of the erasure"),
            Columns.text("request_hash", "SHA-256 over the hashes of what was asked to be erased, hex"),
            Columns.time("requested_at", "When it was begun"),
            Columns.time("finished_at", "When nothing of them was left"),
            Columns.number("identifiers", "By how many identifiers people were named"),
            Columns.of(
                    "removed",
                    DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType),
                    "What was taken out of each table and of the journal, counted when it was begun"),
            Columns.number("mentions", "Rows of others in whose own CRM columns they are still named")
        });
    }
}
