package io.tributary.jobs.golden;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.map_from_arrays;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.tributary.jobs.identities.KnownAs;
import io.tributary.jobs.plan.SuppressedKeys;
import io.tributary.jobs.table.GoldenTable;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.LakeTable;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/**
 * Brings one golden table up to date with the CRM and the history. Only rows whose content differs are written: a second
 * run over the same inputs writes no file at all.
 */
public final class GoldenStep {
    /** A record and its golden row. */
    private static final Column SAME = col("source")
            .equalTo(col("g_source"))
            .and(col("object").equalTo(col("g_object")))
            .and(col("record_id").equalTo(col("g_id")));

    private final SparkSession spark;
    private final Lake lake;
    private final boolean few;

    public GoldenStep(SparkSession spark, Lake lake) {
        this(spark, lake, false);
    }

    private GoldenStep(SparkSession spark, Lake lake, boolean few) {
        this.spark = spark;
        this.lake = lake;
        this.few = few;
    }

    /** The same for records that are few beside the golden table, which is then read but not moved. */
    public GoldenStep ofFew() {
        return new GoldenStep(spark, lake, true);
    }

    /** A column of the CRM that is carried through: its golden name, its Spark type and its header in the extract. */
    public record Carried(String column, String type, String header) {}

    /**
     * What one merge did.
     *
     * @param changed rows written
     * @param filledBefore filled enrichable cells as the CRM holds them
     * @param filledAfter filled enrichable cells in the golden rows
     * @param cells enrichable cells in all
     * @param moved people whose newest answer names another employer than their record
     * @param rows records merged
     */
    public record Result(long changed, long filledBefore, long filledAfter, long cells, long moved, long rows) {}

    /**
     * Merges.
     *
     * @param crm rows of one entity in the form that {@link GoldenRows} reads, one for each CRM record
     * @param decisions one row for each key: {@code lookup_key, decision, reason}
     * @param carried the CRM's own columns that travel in {@code carried}
     */
    public Result run(
            EntityKind entity, Dataset<Row> crm, Dataset<Row> decisions, List<Carried> carried, GoldenRows rows) {
        return run(entity, crm, KnownAs.of(spark, lake, crm), decisions, carried, rows);
    }

    /**
     * Merges.
     *
     * @param knownAs what {@link KnownAs#of} says of all records that share these ones' keys
     */
    public Result run(
            EntityKind entity,
            Dataset<Row> crm,
            Dataset<Row> knownAs,
            Dataset<Row> decisions,
            List<Carried> carried,
            GoldenRows rows) {
        LakeTable golden = lake.golden(entity);
        List<Named> own = named(entity, carried);
        golden.addColumns(spark, own.stream().map(Named::field).collect(Collectors.toList()));

        Dataset<Row> answers = answers(entity, crm, knownAs, rows.waterfall());
        Dataset<Row> all = golden.read(spark)
                .select(
                        col("_crm_source").as("g_source"),
                        col("_crm_object").as("g_object"),
                        col("_crm_id").as("g_id"),
                        col("_lineage").as("previous_lineage"),
                        col("_deleted_at").as("previous_deleted_at"),
                        col("_content_hash").as("previous_hash"));
        Dataset<Row> before = few ? all.join(crm, SAME, "left_semi") : all;
        Dataset<Row> inputs = crm.join(answers, "lookup_key", "left")
                .join(
                        decisions.select(
                                col("lookup_key"),
                                col("decision"),
                                col("reason").as("decision_reason")),
                        "lookup_key",
                        "left")
                .join(SuppressedKeys.of(spark, lake, crm).withColumn("suppressed", lit(true)), "lookup_key", "left")
                .join(before, SAME, "left")
                .withColumn("carried_typed", typed(own));
        Dataset<Row> merged =
                inputs.mapPartitions(rows, Encoders.row(rows.schema())).persist();
        try {
            Row counts = merged.agg(
                            coalesce(expr("sum(filled_before)"), lit(0L)),
                            coalesce(expr("sum(filled_after)"), lit(0L)),
                            expr("count(*)"),
                            coalesce(expr("sum(int(changed))"), lit(0L)),
                            coalesce(expr("sum(int(moved))"), lit(0L)))
                    .first();
            long changed = counts.getLong(3);
            if (changed > 0) {
                write(golden, merged.where(col("changed")), own);
            }
            long records = counts.getLong(2);
            long cells = records * Field.of(entity).size();
            return new Result(changed, counts.getLong(0), counts.getLong(1), cells, counts.getLong(4), records);
        } finally {
            merged.unpersist();
        }
    }

    /** For each key what {@link Said#newest} asks for. */
    private Dataset<Row> answers(EntityKind entity, Dataset<Row> crm, Dataset<Row> knownAs, List<String> waterfall) {
        Dataset<Row> keys =
                crm.where(col("lookup_key").isNotNull()).select("lookup_key").distinct();
        return answers(
                entity,
                KnownAs.share(lake.answers(spark, each -> each == entity ? waterfall : List.of()), keys, knownAs));
    }

    /** The same of some rows of history, which say in {@code for_key} for whom they count; see {@link KnownAs#share}. */
    private static Dataset<Row> answers(EntityKind entity, Dataset<Row> shared) {
        Column profile = col(entity.id());
        Column one = struct(
                col("lookup_key"),
                col("provider"),
                col("outcome"),
                col("reason"),
                col("response_id"),
                col("fetched_at"),
                col("confidence"),
                col("operation"),
                col("epoch"),
                profile.as("profile"));
        return shared.withColumn("way", way())
                .groupBy(col("for_key"), col("lookup_key"), col("provider"), col("way"))
                .agg(max_by(one, struct(col("fetched_at"), col("response_id"))).as("answer"))
                .groupBy(col("for_key").as("lookup_key"))
                .agg(collect_list(col("answer")).as("answers"));
    }

    /** {@link Said.Way} of an outcome. */
    private static Column way() {
        Column way = lit(null);
        for (Said.Way each : Said.Way.values()) {
            Object[] outcomes = Arrays.stream(Outcome.values())
                    .filter(outcome -> Said.Way.of(outcome) == each)
                    .map(Outcome::name)
                    .toArray();
            way = when(col("outcome").isin(outcomes), lit(each.name())).otherwise(way);
        }
        return way;
    }

    private void write(LakeTable golden, Dataset<Row> changed, List<Named> own) {
        List<Column> columns = new ArrayList<>();
        for (String name : golden.schema().fieldNames()) {
            columns.add(
                    name.equals("_lineage") ? expr("map_from_entries(_lineage)").as(name) : col("`" + name + "`"));
        }
        for (Named each : own) {
            columns.add(each.value().as(each.field().name()));
        }
        Dataset<Row> source = changed.select(columns.toArray(Column[]::new));
        if (golden.read(spark).isEmpty()) {
            golden.appendAll(source);
            return;
        }
        Map<String, Column> set = new TreeMap<>();
        for (String name : source.columns()) {
            set.put("`" + name + "`", col("source.`" + name + "`"));
        }
        String same = GoldenTable.KEY.stream()
                .map(key -> "golden." + key + " = source." + key)
                .collect(Collectors.joining(" AND "));
        golden.delta(spark)
                .as("golden")
                .merge(source.as("source"), same)
                .whenMatched()
                .update(set)
                .whenNotMatched()
                .insert(set)
                .execute();
    }

    /** A carried column: its key in the map and its golden column. */
    private record Named(String key, StructField field) {
        /** The value as the golden table holds it. */
        Column value() {
            return expr("try_cast(carried['" + key.replace("'", "\\'") + "'] AS "
                    + field.dataType().sql() + ")");
        }

        /** The same value in one spelling, however the extract spelt it and whatever the session's time zone. */
        Column canonical() {
            Column value = value();
            return (field.dataType().equals(DataTypes.TimestampType) ? unix_micros(value) : value).cast("string");
        }
    }

    /** The carried columns that are filled, by their keys, in the one spelling by which rows are compared. */
    private static Column typed(List<Named> own) {
        if (own.isEmpty()) {
            return expr("cast(map() as map<string, string>)");
        }
        Column all = map_from_arrays(
                array(own.stream().map(each -> lit(each.key())).toArray(Column[]::new)),
                array(own.stream().map(Named::canonical).toArray(Column[]::new)));
        return map_filter(all, (name, value) -> value.isNotNull());
    }

    /** Own columns never shadow those of the model: a clash gets the prefix {@code crm_}. */
    private List<Named> named(EntityKind entity, List<Carried> carried) {
        Set<String> taken = Arrays.stream(GoldenTable.schema(entity).fieldNames())
                .map(name -> name.toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.toSet());
        Map<String, Named> byName = new TreeMap<>();
        for (Carried each : carried) {
            String name = taken.contains(each.column()) ? "crm_" + each.column() : each.column();
            DataType type = DataType.fromDDL(each.type());
            byName.putIfAbsent(
                    name,
                    new Named(
                            each.column(),
                            new StructField(name, type, true, Metadata.empty())
                                    .withComment("CRM column " + each.header())));
        }
        return List.copyOf(byName.values());
    }

    /** The types that golden columns have today, so that a reader can tell when a column changed its type. */
    public Map<String, String> columnTypes(EntityKind entity) {
        Map<String, String> types = new TreeMap<>();
        LakeTable golden = lake.golden(entity);
        if (golden.exists(spark)) {
            for (StructField field : golden.read(spark).schema().fields()) {
                types.put(field.name(), field.dataType().sql());
            }
        }
        return types;
    }
}
