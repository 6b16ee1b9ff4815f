package io.tributary.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Finds rows by queries: for tables that have names in a catalog. */
public record SparkLookup(SparkSession spark) implements RowLookup {
    @Override
    public Optional<List<Row>> find(LakeTable table, List<OneOf> where, List<String> columns) {
        if (!table.exists(spark)) {
            return Optional.empty();
        }
        Dataset<Row> rows = table.read(spark);
        List<String> there = Arrays.asList(rows.columns());
        Column[] selected = columns.stream()
                .map(name -> there.contains(name)
                        ? col("`" + name + "`")
                        : lit(null).cast(table.schema().apply(name).dataType()).as(name))
                .toArray(Column[]::new);
        for (OneOf each : where) {
            rows = rows.where(col("`" + each.column() + "`").isin(each.values().toArray()));
        }
        return Optional.of(rows.select(selected).collectAsList());
    }
}
