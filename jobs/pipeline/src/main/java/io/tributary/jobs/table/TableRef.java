package io.tributary.jobs.table;

import io.delta.tables.DeltaTable;
import java.io.Serializable;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Where a table is: a path, or a name in a catalog ({@code schema.table} or {@code catalog.schema.table}).
 *
 * @param text as the user wrote it
 */
public record TableRef(String text) implements Serializable {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*){1,2}");

    public TableRef {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("a table needs a path or a catalog name");
        }
    }

    /** Whether this is a catalog name and not a path. */
    public boolean isName() {
        return NAME.matcher(text).matches();
    }

    /** The table in SQL: the name, or the path in Delta's back-quoted form. */
    public String sql() {
        return isName() ? text : "delta.`" + text + "`";
    }

    String location(SparkSession spark) {
        return isName() ? delta(spark).detail().select("location").first().getString(0) : text;
    }

    boolean exists(SparkSession spark) {
        return isName() ? spark.catalog().tableExists(text) : DeltaTable.isDeltaTable(spark, text);
    }

    Dataset<Row> read(SparkSession spark) {
        return isName() ? spark.table(text) : spark.read().format("delta").load(text);
    }

    DeltaTable delta(SparkSession spark) {
        return isName() ? DeltaTable.forName(spark, text) : DeltaTable.forPath(spark, text);
    }
}
