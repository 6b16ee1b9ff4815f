package io.tributary.jobs.read;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Owns the rows that were set aside: the schema, independent of the run. {@code reason} is a stable code; {@code detail}
 * says what was expected and found and holds no value of the row.
 */
public final class RejectRows {
    public static final String SOURCE = "source";
    public static final String OBJECT = "object";
    public static final String EXTRACT = "extract";
    public static final String ROW = "row";
    public static final String RECORD_ID = "record_id";
    public static final String REASON = "reason";
    public static final String DETAIL = "detail";

    /** The columns in order. */
    public static final StructType SCHEMA = new StructType(new StructField[] {
        text(SOURCE, false),
        text(OBJECT, false),
        text(EXTRACT, false),
        new StructField(ROW, DataTypes.LongType, false, Metadata.empty()),
        text(RECORD_ID, true),
        text(REASON, false),
        text(DETAIL, false)
    });

    private RejectRows() {}

    private static StructField text(String name, boolean nullable) {
        return new StructField(name, DataTypes.StringType, nullable, Metadata.empty());
    }
}
