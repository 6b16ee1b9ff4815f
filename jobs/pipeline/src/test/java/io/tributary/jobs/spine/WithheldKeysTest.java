package io.tributary.jobs.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.jobs.EmptyLake;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.plan.PlanStep;
import io.tributary.jobs.table.Lake;
import io.tributary.quota.Allowance;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is not sent out, although a living record with the same key would be. */
class WithheldKeysTest extends SparkTest {
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");

    @TempDir
    Path dir;

    private Lake lake;

    @BeforeEach
    void makeLake() {
        lake = EmptyLake.in(spark(), dir);
    }

    /** Records as {@code id|key|life cycle}. */
    private Dataset<Row> records(String... records) {
        List<String> rows = List.of(records).stream()
                .map(record -> record.split("\\|", -1))
                .map(part -> "('" + part[0] + "', 'person', '" + part[1] + "', '" + part[2]
                        + "', cast(array() as array<string>), map('email', '"
                        + part[1].substring(part[1].indexOf(':') + 1) + "'))")
                .toList();
        return spark().sql("SELECT * FROM VALUES " + String.join(", ", rows)
                + " AS t(record_id, entity, lookup_key, life_cycle, aliases, inputs)");
    }

    private List<String> asked(Dataset<Row> records, Set<String> withheld) {
        return new PlanStep(spark(), lake, new PaperCatalog(List.of("acme")), 4)
                .run(records, withheld, "r1", TONIGHT, Allowance.unlimited(), Optional.empty())
                .where("decision = 'WORK'")
                .select("lookup_key")
                .orderBy("lookup_key")
                .as(Encoders.STRING())
                .collectAsList();
    }

    @Test
    void aPersonWhoOptedOutInOneRecordIsNotAskedForByAnother() {
        Dataset<Row> records = records(
                "contact|email:ada@acme.com|opted_out",
                "lead|email:ada@acme.com|active",
                "lead2|email:bob@acme.com|active",
                "contact2|email:cleo@acme.com|bounced",
                "lead3|email:cleo@acme.com|active");

        assertEquals(List.of("email:bob@acme.com"), asked(records, Set.of("opted_out", "bounced")));
        assertEquals(List.of("email:bob@acme.com", "email:cleo@acme.com"), asked(records, Set.of("opted_out")));
        assertEquals(
                List.of("email:ada@acme.com", "email:bob@acme.com", "email:cleo@acme.com"), asked(records, Set.of()));
    }

    @Test
    void aRecordThatEndedStopsNoLivingOneAndIsNotAskedForItself() {
        Dataset<Row> records = records(
                "1|email:ada@acme.com|deleted",
                "2|email:ada@acme.com|active",
                "3|email:bob@acme.com|converted",
                "4|email:bob@acme.com|active",
                "5|email:cleo@acme.com|merged");

        assertEquals(List.of("email:ada@acme.com", "email:bob@acme.com"), asked(records, Set.of("opted_out")));
    }
}
