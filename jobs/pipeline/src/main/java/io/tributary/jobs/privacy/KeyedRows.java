package io.tributary.jobs.privacy;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.LakeTable;
import io.tributary.journal.EntryKeys;
import io.tributary.privacy.Traces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The rows of people in a table that is no record of anything and holds them by key, such as {@code work}: these go as a whole.
 * What it knows of such a table is its columns: {@code lookup_key}, and {@code inputs} or {@code alias_hash} where it has them.
 */
final class KeyedRows {
    private static final List<String> TELL_APART = List.of("run_id", "lookup_key", "alias_hash", "response_id");

    private final SparkSession spark;
    private final LakeTable table;

    KeyedRows(SparkSession spark, LakeTable table) {
        this.spark = spark;
        this.table = table;
    }

    /** The tables of that kind. */
    static Map<String, LakeTable> tables(SparkSession spark, Lake lake) {
        Map<String, LakeTable> tables = new LinkedHashMap<>();
        lake.all().forEach((name, table) -> {
            if (table != lake.history() && has(table, "lookup_key") && table.exists(spark)) {
                tables.put(name, table);
            }
        });
        return tables;
    }

    private static boolean has(LakeTable table, String column) {
        return List.of(table.schema().fieldNames()).contains(column);
    }

    /** The columns by which rows of people are told from others, of those that are theirs. */
    Dataset<Row> of(Traces traces) {
        Set<String> hashes = traces.keys().stream()
                .filter(Traces::isSure)
                .map(EntryKeys::hash)
                .collect(Collectors.toSet());
        List<Column> columns = new ArrayList<>();
        by().forEach(name -> columns.add(col(name)));
        columns.add(input("email"));
        columns.add(input("linkedin"));
        columns.add((has(table, "alias_hash") ? col("alias_hash") : lit(null).cast("string")).as("alias"));
        return table.read(spark)
                .select(columns.toArray(Column[]::new))
                .filter((FilterFunction<Row>) row -> traces.isKey(String.valueOf(row.<String>getAs("lookup_key")))
                        || traces.isNamedIn(row.getAs("email"))
                        || traces.isNamedIn(row.getAs("linkedin"))
                        || hashes.contains(String.valueOf(row.<String>getAs("alias"))))
                .drop("email", "linkedin", "alias");
    }

    private Column input(String name) {
        return (has(table, "inputs")
                        ? expr("inputs['" + name + "']")
                        : lit(null).cast("string"))
                .as(name);
    }

    private List<String> by() {
        return TELL_APART.stream().filter(name -> has(table, name)).toList();
    }

    void delete(Traces traces) {
        delete(spark, table, of(traces), by().toArray(String[]::new));
    }

    /** Deletes rows by a merge, because the condition of a deletion is written into the table's log. */
    static void delete(SparkSession spark, LakeTable table, Dataset<Row> rows, String... by) {
        Dataset<Row> gone = rows.distinct();
        if (gone.isEmpty()) {
            return;
        }
        String same = Arrays.stream(by)
                .map(name -> "kept." + name + " <=> gone." + name)
                .collect(Collectors.joining(" and "));
        table.delta(spark)
                .as("kept")
                .merge(gone.as("gone"), same)
                .whenMatched()
                .delete()
                .execute();
    }
}
