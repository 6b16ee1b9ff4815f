package io.tributary.jobs.read;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Owns the rows that were read: one schema for all sources. A row is one CRM record as tonight's extract holds it, with
 * its keys; {@code lookup_key} is null where nothing identifies it.
 */
public final class ExtractRows {
    public static final String SOURCE = "source";
    public static final String OBJECT = "object";
    /** {@code person} or {@code company}. */
    public static final String ENTITY = "entity";

    public static final String RECORD_ID = "record_id";
    /** File name of the extract. */
    public static final String EXTRACT = "extract";
    /** Line on which the record starts, counted from 1; its place in a Parquet file; 0 in a table, which has no order. */
    public static final String EXTRACT_ROW = "extract_row";

    public static final String EXTRACTED_AT = "extracted_at";
    public static final String MODIFIED_AT = "modified_at";
    /** SHA-256 over the record's content; where and when it was read do not count. */
    public static final String ROW_HASH = "row_hash";
    /** {@code active}, {@code deleted}, {@code converted}, {@code merged}, {@code opted_out} or {@code bounced}. */
    public static final String LIFE_CYCLE = "life_cycle";

    public static final String ACCOUNT_ID = "account_id";
    public static final String LOOKUP_KEY = "lookup_key";
    public static final String ALIASES = "aliases";
    /** Key of a person's employer. */
    public static final String COMPANY_KEY = "company_key";
    /** {@code Identifiers.Input} id to normalised value: what may be sent. */
    public static final String INPUTS = "inputs";
    /** Path of a model field to the value as it was typed, trimmed. */
    public static final String CRM = "crm";
    /** Golden column to the text of an unmapped column; JSON where it was nested. */
    public static final String CARRIED = "carried";

    public static final String REASONS = "reasons";

    private static final DataType TEXTS = DataTypes.createArrayType(DataTypes.StringType);
    private static final DataType MAP = DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);

    /** The columns in order. */
    public static final StructType SCHEMA = new StructType(new StructField[] {
        field(SOURCE, DataTypes.StringType),
        field(OBJECT, DataTypes.StringType),
        field(ENTITY, DataTypes.StringType),
        field(RECORD_ID, DataTypes.StringType),
        field(EXTRACT, DataTypes.StringType),
        field(EXTRACT_ROW, DataTypes.LongType),
        field(EXTRACTED_AT, DataTypes.TimestampType),
        field(MODIFIED_AT, DataTypes.TimestampType),
        field(ROW_HASH, DataTypes.StringType),
        field(LIFE_CYCLE, DataTypes.StringType),
        field(ACCOUNT_ID, DataTypes.StringType),
        field(LOOKUP_KEY, DataTypes.StringType),
        field(ALIASES, TEXTS),
        field(COMPANY_KEY, DataTypes.StringType),
        field(INPUTS, MAP),
        field(CRM, MAP),
        field(CARRIED, MAP),
        field(REASONS, TEXTS)
    });

    private ExtractRows() {}

    private static StructField field(String name, DataType type) {
        return new StructField(name, type, true, Metadata.empty());
    }

    /** All columns, for a select in the declared order. */
    static Column[] columns() {
        return Arrays.stream(SCHEMA.fieldNames()).map(functions::col).toArray(Column[]::new);
    }
}
