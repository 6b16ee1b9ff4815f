package io.tributary.jobs.run;

import io.tributary.jobs.SparkTest;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class CallCountsTest extends SparkTest {
    /** Each key is {@code key|providers}, the providers in their order. */
    private Dataset<Row> planned(String... keys) {
        return spark().sql("SELECT 'person' AS entity, substring_index(line, '|', 1) AS lookup_key,"
                + " transform(filter(split(substring_index(line, '|', -1), ','), name -> name <> ''),"
                + " name -> named_struct('provider', name)) AS asks FROM VALUES ('"
                + String.join("'), ('", keys) + "') AS t(line)");
    }

    @Test
    void eachWayToSpareCallsIsCountedOnTopOfTheOnesBefore() {
        Dataset<Row> rows = spark().sql("SELECT * FROM VALUES ('a', 3L), ('b', 1L), ('c', 1L) AS t(lookup_key, rows)");

        CallCounts counts = CallCounts.of(
                planned("a|hunter,lusha", "b|hunter,lusha", "c|"),
                rows,
                planned("a|", "b|hunter,lusha", "c|"),
                planned("a|", "b|lusha,hunter", "c|"),
                Map.of("person/lusha", 0.75),
                0.5);

        Assertions.assertEquals(4, counts.rows(), "nobody can be asked about c");
        Assertions.assertEquals(
                List.of(8.0, 4.0, 2.0, 2.0, 1.25),
                counts.steps().stream().map(CallCounts.Step::calls).toList());
        Assertions.assertTrue(
                counts.json().startsWith("{\"rows\":4,\"steps\":[{\"step\":\"one call per row and provider\""));
        Assertions.assertTrue(counts.text().lines().anyMatch(line -> line.endsWith("0.313")), counts.text());
    }
}
