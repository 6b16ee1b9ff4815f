package io.tributary.jobs.plan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

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
import java.util.function.UnaryOperator;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * What an expression of the settings may name of a CRM record: what the record is, what the CRM says in the fields of the
 * model, the country's code, and the CRM's own columns. Immutable.
 */
final class RecordColumns {
    /** What a record is, besides what it says. */
    private static final List<String> RECORD =
            List.of("account_id", "entity", "extracted_at", "life_cycle", "object", "record_id", "source");

    private static final String ANSI = "spark.sql.ansi.enabled";

    /** The names, and where each is in a record's row. */
    private final Map<String, Column> columns = new LinkedHashMap<>();

    /** @param carried the Spark types of the CRM's own columns, by golden column */
    RecordColumns(Map<String, String> carried) {
        RECORD.forEach(name -> columns.put(name, col(name)));
        Map<String, Column> said = new LinkedHashMap<>();
        for (EntityKind entity : EntityKind.values()) {
            // Persons and companies have fields of one name.
            Field.of(entity).forEach(field -> said.merge(field.column(), said(field), functions::coalesce));
        }
        columns.putAll(said);
        columns.put("country_code", expr("inputs['country']"));
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
     * Rows made of the records that have a key: {@code lookup_key} and every column that may be named. A value that can't be cast
     * is null, and fails nobody.
     *
     * @param further what is to be made of them; it is analysed here, and what a cast does with a wrong value is settled by that
     */
    Dataset<Row> of(Dataset<Row> records, UnaryOperator<Dataset<Row>> further) {
        List<Column> row = new ArrayList<>(List.of(col("lookup_key")));
        columns.forEach((name, value) -> row.add(value.as(name)));
        SparkSession spark = records.sparkSession();
        String ansi = spark.conf().get(ANSI);
        spark.conf().set(ANSI, "false");
        try {
            return further.apply(records.where(col("lookup_key").isNotNull()).select(row.toArray(Column[]::new)));
        } finally {
            spark.conf().set(ANSI, ansi);
        }
    }

    /**
     * Looks whether an expression can be used.
     *
     * @param file where it is written, for the fault
     * @param place where in that
     * @param use analyses it, and reads nothing
     * @throws FaultsException if it names a column that no record has, or is no SQL
     */
    void check(String file, String place, String expression, Runnable use) {
        try {
            use.run();
        } catch (Exception refused) {
            // Spark's analysis fails with what Java would call a checked exception, and declares none.
            if (refused instanceof AnalysisException unfit) {
                throw new FaultsException(List.of(new Fault(file, 0, place, remedy(expression, unfit))));
            }
            throw refused;
        }
    }

    private String remedy(String expression, AnalysisException unfit) {
        String quoted = '"' + expression + '"';
        String name =
                unfit.getMessageParameters().getOrDefault("objectName", "").replace("`", "");
        if (unfit.getMessage().contains("UNRESOLVED_COLUMN")) {
            return quoted + " names " + name + ", a column that no record has" + Nearest.remedy(name, columns.keySet());
        }
        return quoted + " can't be used: "
                + unfit.getMessage().lines().findFirst().orElse("").strip();
    }
}
