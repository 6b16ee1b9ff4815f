package io.tributary.jobs.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.jobs.EmptyLake;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.golden.CrmState;
import io.tributary.jobs.golden.GoldenRows;
import io.tributary.jobs.golden.GoldenStep;
import io.tributary.jobs.table.Lake;
import io.tributary.merge.FieldRules;
import io.tributary.merge.FreshnessPolicy;
import io.tributary.model.EntityKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns that are carried through with a type, when an incremental source does not bring their rows again. */
class TypedColumnsTest extends SparkTest {
    @TempDir
    Path dir;

    private Dataset<Row> record(String score, String count, String seen, String born, String rate) {
        return spark().sql("SELECT 'crm' AS source, 'contact' AS object, 'person' AS entity, '1' AS record_id,"
                + " 'c.csv' AS extract, timestamp'2026-08-20 20:00:00' AS extracted_at, 'h' AS row_hash, 'active' AS"
                + " life_cycle, cast(null as string) AS account_id, 'email:ada@acme.com' AS lookup_key,"
                + " cast(array() as array<string>) AS aliases, cast(null as string) AS company_key,"
                + " map('email', 'ada@acme.com') AS inputs, map('email', 'ada@acme.com') AS crm,"
                + " map('score', '" + score + "', 'count', '" + count + "', 'seen', '" + seen + "', 'born', '" + born
                + "', 'rate', '" + rate + "') AS carried");
    }

    private long merge(Lake lake, Dataset<Row> tonight, List<GoldenStep.Carried> carried, String run) {
        Dataset<Row> state = new CrmState(spark(), lake)
                .of(EntityKind.PERSON, tonight, tonight.limit(0).select("source", "object", "record_id"));
        return new GoldenStep(spark(), lake)
                .run(
                        EntityKind.PERSON,
                        state,
                        spark().sql("SELECT 'none' AS lookup_key, 'WORK' AS decision, '' AS reason"),
                        carried,
                        new GoldenRows(
                                EntityKind.PERSON,
                                FieldRules.defaults(),
                                List.of("acme"),
                                Map.of("acme", FreshnessPolicy.defaults()),
                                Instant.parse("2026-08-21T02:00:00Z"),
                                run))
                .changed();
    }

    @Test
    void aRowThatIsNotReadAgainIsNotWrittenAgain() {
        Lake lake = EmptyLake.in(spark(), dir);
        List<GoldenStep.Carried> carried = List.of(
                new GoldenStep.Carried("score", "DOUBLE", "Score"),
                new GoldenStep.Carried("count", "BIGINT", "Count"),
                new GoldenStep.Carried("seen", "TIMESTAMP", "Seen"),
                new GoldenStep.Carried("born", "DATE", "Born"),
                new GoldenStep.Carried("rate", "DECIMAL(10,2)", "Rate"));
        Dataset<Row> first = record("1", "007", "2026-08-01T10:00:00.000Z", "1990-1-2", "3.5");
        assertEquals(1, merge(lake, first, carried, "r1"));
        Row before = lake.golden(EntityKind.PERSON).delta(spark()).history(1).first();

        List<GoldenStep.Carried> grown = new CrmState(spark(), lake).carriedBefore(EntityKind.PERSON);
        assertEquals(0, merge(lake, first.limit(0), grown, "r2"));
        assertEquals(0, merge(lake, first, grown, "r3"));
        assertEquals(
                before.<Long>getAs("version"),
                lake.golden(EntityKind.PERSON).delta(spark()).history(1).first().<Long>getAs("version"));

        assertEquals(1, merge(lake, record("2", "7", "2026-08-01T10:00:00Z", "1990-01-02", "3.50"), grown, "r4"));
    }
}
