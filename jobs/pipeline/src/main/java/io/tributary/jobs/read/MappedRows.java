package io.tributary.jobs.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Owns the rows between the file and the keys: their columns mean something, but nothing is decided yet. Maps and lists
 * travel as JSON text inside this step, so that no Scala collection is needed; times as microseconds of the epoch.
 */
final class MappedRows {
    static final String EXTRACTED_MICROS = "extracted_micros";
    static final String MODIFIED_MICROS = "modified_micros";
    /** Set on a row that can't be used: a code of {@link RejectRows}. */
    static final String REJECT_REASON = "reject_reason";

    static final String REJECT_DETAIL = "reject_detail";
    /** A record id that stands where the name of a company should. */
    static final String COMPANY_REF = "company_ref";
    /** Ids of records that were merged into this one. */
    static final String MERGED_IDS = "merged_ids";
    /** {@code RawField} name to the cell. */
    static final String RAW = "raw";

    static final StructType SCHEMA = new StructType(new StructField[] {
        text(ExtractRows.SOURCE),
        text(ExtractRows.OBJECT),
        text(ExtractRows.ENTITY),
        text(ExtractRows.EXTRACT),
        number(ExtractRows.EXTRACT_ROW),
        number(EXTRACTED_MICROS),
        text(ExtractRows.RECORD_ID),
        text(REJECT_REASON),
        text(REJECT_DETAIL),
        number(MODIFIED_MICROS),
        text(ExtractRows.ROW_HASH),
        text(ExtractRows.LIFE_CYCLE),
        text(ExtractRows.ACCOUNT_ID),
        text(COMPANY_REF),
        text(MERGED_IDS),
        text(RAW),
        text(ExtractRows.CRM),
        text(ExtractRows.CARRIED)
    });

    private MappedRows() {}

    static String json(Object value) {
        try {
            return JsonExtract.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps and lists of text can always be written", e);
        }
    }

    private static StructField text(String name) {
        return field(name, DataTypes.StringType);
    }

    private static StructField number(String name) {
        return field(name, DataTypes.LongType);
    }

    private static StructField field(String name, DataType type) {
        return new StructField(name, type, true, Metadata.empty());
    }
}
