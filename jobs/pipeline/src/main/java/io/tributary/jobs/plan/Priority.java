package io.tributary.jobs.plan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.max;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.FieldType;
import io.tributary.yaml.Fault;
import io.tributary.yaml.FaultsException;
import io.tributary.yaml.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Who is asked first where a cap does not reach for all: {@code budget.first}, an expression over a CRM record. Where
 * records share a key, the greatest value counts.
 */
public final class Priority {
    /** What a record is, besides what it says. */
    private static final List<String> RECORD =
            List.of("account_id", "entity", "extracted_at", "life_cycle", "object", "record_id", "source");

    private static final String ANSI = "spark.sql.ansi.enabled";

    private final String expression;

    /** What the expression may name, and where that is in a record's row. */
    private final Map<String, Column> columns;

    /**
     * @param expression Spark SQL
     * @param carried the Spark types of the CRM's own columns, by golden column
     */
    public Priority(String expression, Map<String, String> carried) {
        this.expression = expression;
        this.columns = new LinkedHashMap<>();
        RECORD.forEach(name -> columns.put(name, col(name)));
        Map<String, Column> said = new LinkedHashMap<>();
        for (EntityKind entity : EntityKind.values()) {
            // Persons and companies have fields of one name.
            Field.of(entity).forEach(field -> said.merge(field.column(), said(field), functions::coalesce));
        }
        columns.putAll(said);
        new TreeMap<>(carried)
                .forEach((name, type) ->
                        columns.put(columns.containsKey(name) ? "crm_" + name : name, cast("carried", name, type)));
    }

    private static Column said(Field field) {
        return cast("crm", field.path(), field.type() == FieldType.LONG ? "BIGINT" : "STRING");
    }

    private static Column cast(String map, String key, String type) {
        return expr("try_cast(" + map + "['" + key.replace("'", "\\'") + "'] AS " + type + ")");
    }

    /**
     * Holds the expression to the columns that there are; reads nothing.
     *
     * @throws FaultsException if it names a column that no record has, is no SQL, or has no order
     */
    public void check(SparkSession spark, StructType records) {
        try {
            byKey(spark.createDataFrame(List.of(), records)).orderBy("priority");
        } catch (Exception refused) {
            if (refused instanceof AnalysisException unfit) {
                throw new FaultsException(List.of(new Fault("pipeline.yaml", 0, "budget.first", remedy(unfit))));
            }
            throw refused;
        }
    }

    private String remedy(AnalysisException unfit) {
        String quoted = '"' + expression + '"';
        String name =
                unfit.getMessageParameters().getOrDefault("objectName", "").replace("`", "");
        if (unfit.getMessage().contains("UNRESOLVED_COLUMN")) {
            return quoted + " names " + name + ", a column that no record has" + Nearest.remedy(name, columns.keySet());
        }
        return quoted + " can't be used: "
                + unfit.getMessage().lines().findFirst().orElse("").strip();
    }

    /** The priority of each key: {@code lookup_key, priority}. A value that can't be cast is null, and fails nobody. */
    Dataset<Row> byKey(Dataset<Row> records) {
        List<Column> row = new ArrayList<>(List.of(col("lookup_key")));
        columns.forEach((name, value) -> row.add(value.as(name)));
        SparkSession spark = records.sparkSession();
        String ansi = spark.conf().get(ANSI);
        // What a cast does with a wrong value is settled when it is analysed, which is here.
        spark.conf().set(ANSI, "false");
        try {
            return records.where(col("lookup_key").isNotNull())
                    .select(row.toArray(Column[]::new))
                    .groupBy(col("lookup_key"))
                    .agg(max(expr(expression)).as("priority"));
        } finally {
            spark.conf().set(ANSI, ansi);
        }
    }
}
