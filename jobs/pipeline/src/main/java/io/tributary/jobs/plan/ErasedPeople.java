package io.tributary.jobs.plan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.tributary.jobs.table.Lake;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * People who were erased, and of whom the CRM may still bring records: these are left out as if they were not there. Known by
 * hashes of their keys and of their record ids. Immutable.
 */
public final class ErasedPeople {
    /** Why an entry of {@code suppressions} is there that also keeps records out. */
    public static final String REASON = "erased";

    private static final String RECORD = "sha2(concat('crm_record:', source, '/', object, '/', record_id), 256)";

    private final Dataset<Row> entries;
    private final boolean nobody;

    public ErasedPeople(SparkSession spark, Lake lake) {
        this.entries = lake.suppressions().read(spark).where(col("reason").equalTo(REASON));
        this.nobody = entries.isEmpty();
    }

    /** Whether nobody was ever erased. */
    public boolean isEmpty() {
        return nobody;
    }

    /** The text whose hash keeps a CRM record out. */
    public static String record(String source, String object, String recordId) {
        return "crm_record:" + source + "/" + object + "/" + recordId;
    }

    /**
     * The records of everybody else.
     *
     * @param records rows with {@code source}, {@code object}, {@code record_id}, and what {@link SuppressedKeys} reads
     */
    public Dataset<Row> leftOut(Dataset<Row> records) {
        return nobody
                ? records
                : byRecord(records).join(SuppressedKeys.listed(records, entries), "lookup_key", "left_anti");
    }

    /** The same for rows that have no keys. */
    public Dataset<Row> byRecord(Dataset<Row> rows) {
        return nobody
                ? rows
                : rows.join(
                        entries.selectExpr("lower(trim(key_hash)) as erased"),
                        expr(RECORD).equalTo(col("erased")),
                        "left_anti");
    }
}
