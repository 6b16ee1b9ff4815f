package io.tributary.jobs.golden;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.tributary.jobs.table.GoldenTable;
import io.tributary.jobs.table.Lake;
import io.tributary.model.EntityKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/**
 * The CRM as it stands after tonight's extracts: the rows that were read, and the golden rows that no extract brought
 * again. A record that a full extract no longer holds counts as deleted; one that an incremental extract leaves out is
 * simply unchanged.
 */
public final class CrmState {
    private static final List<String> COLUMNS = List.of(
            "source",
            "object",
            "entity",
            "record_id",
            "extract",
            "extracted_at",
            "row_hash",
            "life_cycle",
            "account_id",
            "lookup_key",
            "aliases",
            "company_key",
            "inputs",
            "crm",
            "carried");

    private final SparkSession spark;
    private final Lake lake;

    public CrmState(SparkSession spark, Lake lake) {
        this.spark = spark;
        this.lake = lake;
    }

    /**
     * One row for each CRM record of that entity.
     *
     * @param read tonight's rows of all entities
     * @param missing {@code source, object, record_id} of the records that a full extract no longer holds
     */
    public Dataset<Row> of(EntityKind entity, Dataset<Row> read, Dataset<Row> missing) {
        return of(entity, read, missing, Optional.empty());
    }

    /**
     * The same of some records.
     *
     * @param looks theirs, as {@link ChangedRecords} tells them: of a record whose key has changed, both; empty for all
     */
    public Dataset<Row> of(EntityKind entity, Dataset<Row> read, Dataset<Row> missing, Optional<Dataset<Row>> looks) {
        Column[] columns = COLUMNS.stream().map(name -> col("`" + name + "`")).toArray(Column[]::new);
        Dataset<Row> tonight = read.where(col("entity").equalTo(entity.id())).select(columns);
        if (looks.isPresent()) {
            tonight = tonight.join(looks.get(), ChangedRecords.look().equalTo(col(ChangedRecords.LOOK)), "left_semi");
        }
        Dataset<Row> ids = tonight.select(
                col("source").as("t_source"),
                col("object").as("t_object"),
                col("record_id").as("t_id"));
        Dataset<Row> left = missing.select(
                col("source").as("m_source"),
                col("object").as("m_object"),
                col("record_id").as("m_id"));
        Column gone = col("m_id").isNotNull();
        Dataset<Row> golden = lake.golden(entity).read(spark);
        Dataset<Row> meant = looks.map(some ->
                        golden.join(some, ChangedRecords.lookOfGolden().equalTo(col(ChangedRecords.LOOK)), "left_semi"))
                .orElse(golden);
        Dataset<Row> unread = meant.join(
                        ids,
                        col("_crm_source")
                                .equalTo(col("t_source"))
                                .and(col("_crm_object").equalTo(col("t_object")))
                                .and(col("_crm_id").equalTo(col("t_id"))),
                        "left_anti")
                .join(
                        left,
                        col("_crm_source")
                                .equalTo(col("m_source"))
                                .and(col("_crm_object").equalTo(col("m_object")))
                                .and(col("_crm_id").equalTo(col("m_id"))),
                        "left")
                .select(
                        col("_crm_source").as("source"),
                        col("_crm_object").as("object"),
                        lit(entity.id()).as("entity"),
                        col("_crm_id").as("record_id"),
                        col("_source_extract").as("extract"),
                        col("_extracted_at").as("extracted_at"),
                        col("_row_hash").as("row_hash"),
                        when(gone, lit("deleted")).otherwise(col("_life_cycle")).as("life_cycle"),
                        col("_account_id").as("account_id"),
                        col("_lookup_key").as("lookup_key"),
                        col("_aliases").as("aliases"),
                        col("_company_key").as("company_key"),
                        col("_inputs").as("inputs"),
                        col("_crm").as("crm"),
                        carried(entity, golden.schema().fields()).as("carried"));
        return tonight.unionByName(unread);
    }

    /** The CRM's own columns of a golden row, back as the map in which they travel. */
    private static Column carried(EntityKind entity, StructField[] fields) {
        List<Column> names = new ArrayList<>();
        List<Column> values = new ArrayList<>();
        for (StructField field : own(entity, fields)) {
            names.add(lit(key(entity, field.name())));
            values.add(col("`" + field.name() + "`").cast("string"));
        }
        if (names.isEmpty()) {
            return expr("cast(map() as map<string, string>)");
        }
        Column all = org.apache.spark.sql.functions.map_from_arrays(
                array(names.toArray(Column[]::new)), array(values.toArray(Column[]::new)));
        return org.apache.spark.sql.functions.map_filter(all, (name, value) -> value.isNotNull());
    }

    /** The CRM's own columns that a golden table has grown so far. */
    public List<GoldenStep.Carried> carriedBefore(EntityKind entity) {
        return own(entity, lake.golden(entity).read(spark).schema().fields()).stream()
                .map(field -> new GoldenStep.Carried(
                        key(entity, field.name()),
                        field.dataType().sql(),
                        field.getComment().getOrElse(() -> "").replaceFirst("^CRM column ", "")))
                .toList();
    }

    private static List<StructField> own(EntityKind entity, StructField[] fields) {
        Set<String> declared =
                Arrays.stream(GoldenTable.schema(entity).fieldNames()).collect(Collectors.toSet());
        return Arrays.stream(fields)
                .filter(field -> !declared.contains(field.name()))
                .toList();
    }

    private static String key(EntityKind entity, String column) {
        Set<String> declared =
                Arrays.stream(GoldenTable.schema(entity).fieldNames()).collect(Collectors.toSet());
        return column.startsWith("crm_") && declared.contains(column.substring(4)) ? column.substring(4) : column;
    }
}
