package io.tributary.jobs.table;

import io.tributary.model.EntityKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The golden records: the CRM's own columns, the enriched fields filled in, and where each value came from. */
public final class GoldenTable {
    /** The key of a golden row. */
    public static final List<String> KEY = List.of("_crm_source", "_crm_object", "_crm_id");

    private GoldenTable() {}

    static LakeTable at(TableRef ref, EntityKind entity) {
        String comment =
                switch (entity) {
                    case PERSON -> "Contacts and leads of the CRM, enriched; one row for each CRM record";
                    case COMPANY -> "Accounts of the CRM, enriched; one row for each CRM record";
                };
        return new LakeTable(ref, comment, schema(entity), List.of(), true);
    }

    /** The lineage of one value. */
    public static StructType lineage() {
        return new StructType(new StructField[] {
            Columns.text("provider", "Who said it; null where no answer was taken and the losers alone are told"),
            Columns.text("response_id", "The answer in history"),
            Columns.time("fetched_at", "When it was said"),
            Columns.decimal("confidence", "How sure, 0 to 1"),
            Columns.text("rule", "The merge rule that took it"),
            Columns.text("value", "The value that was supplied"),
            Columns.text("previous", "What the CRM held before; null when it was empty"),
            Columns.of(
                    "losers",
                    DataTypes.createArrayType(loser()),
                    "What other answers offered, and why it was not taken; null when there are none")
        });
    }

    private static StructType loser() {
        return new StructType(new StructField[] {
            Columns.text("provider", "Who offered it"),
            Columns.text("response_id", "The answer in history"),
            Columns.time("fetched_at", "When it was said"),
            Columns.decimal("confidence", "How sure, 0 to 1"),
            Columns.text("value", "The value that was offered"),
            Columns.text("why", "less_sure, older, later_in_order, below_floor, crm_kept or not_agreed")
        });
    }

    /** The declared columns; the CRM's own columns are added as they appear. */
    public static StructType schema(EntityKind entity) {
        List<StructField> fields = new ArrayList<>();
        fields.add(Columns.text("_crm_source", "The CRM"));
        fields.add(Columns.text("_crm_object", "contact, lead or account"));
        fields.add(Columns.text("_crm_id", "Record id in the CRM"));
        fields.addAll(Arrays.asList(Columns.profile(entity).fields()));
        fields.add(Columns.text(
                "enrichment_status",
                "enriched, partial, not_found, rejected, suppressed, pending, deferred, unknown or not_asked"));
        fields.add(Columns.text("enrichment_reason", "Why, as a stable code"));
        fields.add(Columns.time("enriched_at", "Newest answer that gave a value"));
        fields.add(Columns.of(
                "enrichment_source",
                DataTypes.createArrayType(DataTypes.StringType),
                "Contributing providers in field order"));
        fields.add(Columns.decimal("enrichment_confidence", "Lowest confidence among the contributing answers"));
        fields.add(Columns.time("next_refresh_at", "When the answers are due again"));
        fields.add(Columns.of(
                "_lineage",
                DataTypes.createMapType(DataTypes.StringType, lineage()),
                "Column to provider, answer, time, confidence, rule, previous value and losers"));
        fields.add(Columns.text("_lookup_key", "The key of the subject, kind:value"));
        fields.add(Columns.of(
                "_aliases",
                DataTypes.createArrayType(DataTypes.StringType),
                "Other keys of the subject: a suppression of any of them holds for this row"));
        fields.add(Columns.text("_company_key", "The key of a person's employer"));
        fields.add(Columns.map("_inputs", "What may be sent to a provider"));
        fields.add(Columns.map("_crm", "The enrichable fields as the CRM holds them"));
        fields.add(Columns.text("_life_cycle", "active, deleted, converted, merged, opted_out or bounced"));
        fields.add(Columns.text("_account_id", "CRM id of the account that a contact belongs to"));
        fields.add(Columns.text("_row_hash", "Hash of the CRM row, to see changes"));
        fields.add(Columns.text("_content_hash", "Hash of the golden row, to write only changes"));
        fields.add(Columns.text("_source_extract", "File that the row was last read from"));
        fields.add(Columns.time("_extracted_at", "When that file was made"));
        fields.add(Columns.time("_deleted_at", "When the record was found gone from the CRM"));
        fields.add(Columns.time(
                "_look_again_at",
                "When time alone may change this row or whom is asked about it; null for never. Until then a night passes it"
                        + " over, unless something happens to it"));
        fields.add(Columns.text("_run_id", "The run that last changed this row"));
        return new StructType(fields.toArray(StructField[]::new));
    }
}
