package io.tributary.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.tributary.jobs.EmptyLake;
import io.tributary.jobs.SparkTest;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a table's files, and not of its rows. */
class TablePastTest extends SparkTest {
    private static final String LARGEST = "spark.databricks.delta.optimize.maxFileSize";

    @TempDir
    Path folder;

    @Test
    void aFileOfAClusteredTableHoldsNeighbours() {
        LakeTable table = EmptyLake.in(spark(), folder).all().get("identities");
        for (int night = 0; night < 4; night++) {
            table.appendAll(aliases(night));
        }
        List<String> rows = rows(table);
        spark().conf().set(LARGEST, 12_000);
        try {
            new TablePast(spark(), table).cluster("", "alias_hash");
        } finally {
            spark().conf().unset(LARGEST);
        }
        List<Row> files = table.read(spark())
                .groupBy(input_file_name())
                .agg(min("alias_hash").as("least"), max("alias_hash").as("most"))
                .orderBy("least")
                .collectAsList();
        Assertions.assertTrue(files.size() > 4, files::toString);
        // Where one ends and the next begins is drawn from a sample, so neighbours may share the values at their
        // border.
        for (int i = 2; i < files.size(); i++) {
            String most = files.get(i - 2).getAs("most");
            String least = files.get(i).getAs("least");
            Assertions.assertTrue(most.compareTo(least) < 0, files::toString);
        }
        Assertions.assertEquals(rows, rows(table));
    }

    /** Hashes have no order: each night's are spread over all. */
    private Dataset<Row> aliases(int night) {
        return spark().range(night * 500L, night * 500L + 500, 1, 1)
                .selectExpr(
                        "sha2(string(id), 256) as alias_hash",
                        "'email' as kind",
                        "'person' as entity",
                        "concat('email:p', id, '@acme.test') as lookup_key");
    }

    private List<String> rows(LakeTable table) {
        return table.read(spark()).select(col("alias_hash"), col("lookup_key")).collectAsList().stream()
                .map(Row::toString)
                .sorted()
                .toList();
    }
}
