package io.tributary.jobs.plan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.max;

import io.tributary.yaml.FaultsException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Who is asked first where a cap does not reach for all: {@code budget.first}, an expression over a CRM record. Where
 * records share a key, the greatest value counts.
 */
public final class Priority {
    private final String expression;
    private final RecordColumns columns;

    /**
     * @param expression Spark SQL
     * @param carried the Spark types of the CRM's own columns, by golden column
     */
    public Priority(String expression, Map<String, String> carried) {
        this.expression = expression;
        this.columns = new RecordColumns(carried);
    }

    /**
     * Holds the expression to the columns that there are; reads nothing.
     *
     * @throws FaultsException if it names a column that no record has, is no SQL, or has no order
     */
    public void check(SparkSession spark, StructType records) {
        columns.check(
                "pipeline.yaml", "budget.first", expression, () -> byKey(spark.createDataFrame(List.of(), records))
                        .orderBy("priority"));
    }

    /** The priority of each key: {@code lookup_key, priority}. */
    Dataset<Row> byKey(Dataset<Row> records) {
        return columns.of(records, rows -> rows.groupBy(col("lookup_key"))
                .agg(max(expr(expression)).as("priority")));
    }
}
