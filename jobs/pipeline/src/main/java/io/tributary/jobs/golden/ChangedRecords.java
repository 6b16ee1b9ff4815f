package io.tributary.jobs.golden;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.tributary.jobs.plan.SuppressedKeys;
import io.tributary.jobs.table.Lake;
import io.tributary.model.EntityKind;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The records of which something has changed since they were merged, and all others that share a key with one of these: what is
 * planned and merged of them alone comes out as if all records were. A record is named by its look, a text: its key, or its id
 * where nothing identifies it. All data sets have the one column {@code _look}.
 */
public final class ChangedRecords {
    static final String LOOK = "_look";

    private static final String[] ID = {"source", "object", "record_id"};

    /** All of a record that a golden row shows, in one text whatever the order of its maps. */
    private static final String CONTENT = "to_json(struct(row_hash, life_cycle, account_id, lookup_key, company_key,"
            + " coalesce(aliases, cast(array() as array<string>)) AS aliases,"
            + " array_sort(map_entries(inputs)) AS inputs, array_sort(map_entries(crm)) AS crm))";

    private final SparkSession spark;
    private final Lake lake;

    public ChangedRecords(SparkSession spark, Lake lake) {
        this.spark = spark;
        this.lake = lake;
    }

    /** The look of a row that names its record as extracts do. */
    static Column look() {
        return look("lookup_key", "source", "object", "record_id");
    }

    /** The look of a row of a golden table. */
    static Column lookOfGolden() {
        return look("_lookup_key", "_crm_source", "_crm_object", "_crm_id");
    }

    private static Column look(String key, String source, String object, String id) {
        return coalesce(col(key), concat_ws("/", lit("record:"), col(source), col(object), col(id)));
    }

    /** Of rows that name their records as extracts do. */
    public static Dataset<Row> looks(Dataset<Row> rows) {
        return rows.select(look().as(LOOK));
    }

    /** Of rows of an extract that are new, or differ from their golden row: their look of tonight and that of before. */
    public Dataset<Row> read(EntityKind entity, Dataset<Row> rows) {
        Dataset<Row> tonight = rows.where(col("entity").equalTo(entity.id()))
                .select(col("source"), col("object"), col("record_id"), look().as("now"), print().as("print_now"));
        Dataset<Row> before = golden(entity)
                .select(
                        col("source"),
                        col("object"),
                        col("record_id"),
                        look().as("before"),
                        print().as("print_before"));
        return tonight.join(before, ID, "left")
                .where("NOT (print_now <=> print_before)")
                .select(expr("explode(array_compact(array(now, before)))").as(LOOK));
    }

    /** Of golden rows whose records are gone from the CRM: {@code source, object, record_id}. */
    public Dataset<Row> gone(EntityKind entity, Dataset<Row> records) {
        return golden(entity).join(records, ID, "left_semi").select(look().as(LOOK));
    }

    /**
     * Of golden rows that time has changed, and of those that were written since a run: what was merged is merged again in the
     * next night, until that finds nothing to write.
     *
     * @param since the start of a run's id
     */
    public Dataset<Row> due(EntityKind entity, Instant asOf, String since) {
        return golden(entity)
                .where(col("_look_again_at")
                        .leq(Timestamp.from(asOf))
                        .or(col("_run_id").geq(since)))
                .select(look().as(LOOK));
    }

    /** Of keys that were on a work list since a run: whether they were asked, put off or never reached. */
    public Dataset<Row> onWorkLists(String since) {
        return lake.work()
                .read(spark)
                .where(col("run_id").geq(since))
                .select(col("lookup_key").as(LOOK));
    }

    /**
     * Of everybody who shares these keys' answers, or would but for a conflict: who has an identifier by which one of them is
     * known.
     *
     * @param answered {@code lookup_key}, of which history says something new
     * @param rows tonight's
     */
    public Dataset<Row> sharing(Dataset<Row> answered, Dataset<Row> rows) {
        Dataset<Row> known = lake.identities()
                .read(spark)
                .join(answered, new String[] {"lookup_key"}, "left_semi")
                .select("alias_hash")
                .distinct();
        Dataset<Row> own = rows.select("lookup_key", "aliases");
        for (EntityKind entity : EntityKind.values()) {
            own = own.unionByName(golden(entity).select("lookup_key", "aliases"));
        }
        return own.where(col("lookup_key").isNotNull())
                .select(
                        col("lookup_key"),
                        expr("explode(concat(array(lookup_key), coalesce(aliases, cast(array() as array<string>))))")
                                .as("alias"))
                .distinct()
                .withColumn("alias_hash", expr("sha2(alias, 256)"))
                .join(known, new String[] {"alias_hash"}, "left_semi")
                .select(col("lookup_key").as(LOOK))
                .unionByName(answered.select(col("lookup_key").as(LOOK)));
    }

    /** Of whoever is suppressed now or was when it was merged. */
    public Dataset<Row> suppressed(Dataset<Row> rows) {
        List<String> columns = List.of("entity", "lookup_key", "aliases", "inputs");
        Column[] some =
                columns.stream().map(org.apache.spark.sql.functions::col).toArray(Column[]::new);
        Dataset<Row> all = rows.select(some);
        for (EntityKind entity : EntityKind.values()) {
            all = all.unionByName(golden(entity).select(some));
        }
        Dataset<Row> suppressed =
                SuppressedKeys.of(spark, lake, all).select(col("lookup_key").as(LOOK));
        for (EntityKind entity : EntityKind.values()) {
            suppressed = suppressed.unionByName(golden(entity)
                    .where(col("enrichment_status").equalTo("suppressed"))
                    .select(look().as(LOOK)));
        }
        return suppressed;
    }

    /** Golden rows whose record has none of these looks: {@code entity, lookup_key, inputs, crm}. */
    public Dataset<Row> others(EntityKind entity, Dataset<Row> looks) {
        return golden(entity)
                .withColumn(LOOK, look())
                .join(looks, new String[] {LOOK}, "left_anti")
                .select("entity", "lookup_key", "inputs", "crm");
    }

    /** Golden rows whose record's columns are named as an extract's are. */
    private Dataset<Row> golden(EntityKind entity) {
        return lake.golden(entity)
                .read(spark)
                .select(
                        col("_crm_source").as("source"),
                        col("_crm_object").as("object"),
                        lit(entity.id()).as("entity"),
                        col("_crm_id").as("record_id"),
                        col("_row_hash").as("row_hash"),
                        col("_life_cycle").as("life_cycle"),
                        col("_account_id").as("account_id"),
                        col("_lookup_key").as("lookup_key"),
                        col("_company_key").as("company_key"),
                        col("_aliases").as("aliases"),
                        col("_inputs").as("inputs"),
                        col("_crm").as("crm"),
                        col("enrichment_status"),
                        col("_look_again_at"),
                        col("_run_id"));
    }

    /** Two rows with one print are one: 64 bits are compared for one record at a time, and not for all with all. */
    private static Column print() {
        return expr("xxhash64(" + CONTENT + ")");
    }
}
