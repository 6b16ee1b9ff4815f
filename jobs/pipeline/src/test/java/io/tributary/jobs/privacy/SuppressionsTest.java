package io.tributary.jobs.privacy;

import io.tributary.jobs.SparkTest;
import io.tributary.jobs.plan.ErasedPeople;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.TableRef;
import io.tributary.journal.EntryKeys;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuppressionsTest extends SparkTest {
    private static final Instant NOW = Instant.parse("2026-08-21T02:00:00Z");

    @TempDir
    Path dir;

    private Lake lake;
    private Suppressions list;

    @BeforeEach
    void makeList() {
        lake = new Lake(name -> new TableRef(dir.resolve(name).toString()));
        lake.suppressions().ensure(spark());
        list = new Suppressions(spark(), lake);
    }

    private void add(String key, String reason) {
        list.add(List.of(EntryKeys.hash(key)), reason, NOW);
    }

    @Test
    void theListIsKeptWithoutDoublesAndToldByReason() {
        List<String> hashes = List.of(EntryKeys.hash("email:ada@acme.com"), EntryKeys.hash("email:bob@acme.com"));

        Assertions.assertEquals(2, list.add(hashes, "request", NOW));
        Assertions.assertEquals(0, list.add(hashes, "request", NOW));
        Assertions.assertEquals(1, list.add(hashes.subList(0, 1), "law", NOW));
        Assertions.assertEquals(Map.of("law", 1L, "request", 2L), list.counts());
        Assertions.assertEquals(2, list.remove(hashes.subList(0, 1)));
        Assertions.assertEquals(Map.of("request", 1L), list.counts());
    }

    @Test
    void recordsOfPeopleWhoWereErasedAreLeftOut() {
        Dataset<Row> night = spark().sql(
                        "SELECT 'crm' AS source, 'contact' AS object, 'person' AS entity, * FROM VALUES"
                                + " ('1', 'email:ada@acme.com', array()), ('2', 'email:ada2@acme.com', array('email:ada@acme.com')),"
                                + " ('3', 'email:bob@acme.com', array()), ('4', 'email:cleo@acme.com', array()), ('5', null, null)"
                                + " AS t(record_id, lookup_key, aliases)")
                .selectExpr("*", "map('city', 'Rome') AS inputs");
        Assertions.assertTrue(new ErasedPeople(spark(), lake).isEmpty());
        add("email:bob@acme.com", "request");
        add("email:ada@acme.com", ErasedPeople.REASON);
        add(ErasedPeople.record("crm", "contact", "4"), ErasedPeople.REASON);

        ErasedPeople erased = new ErasedPeople(spark(), lake);
        Assertions.assertEquals(List.of("3", "5"), ids(erased.leftOut(night)));
        Assertions.assertEquals(List.of("1", "2", "3", "5"), ids(erased.byRecord(night)));
    }

    private static List<String> ids(Dataset<Row> rows) {
        return rows.select("record_id").as(Encoders.STRING()).collectAsList().stream()
                .sorted()
                .toList();
    }
}
