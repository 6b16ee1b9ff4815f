package io.tributary.jobs.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tributary.jobs.EmptyLake;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.golden.CrmState;
import io.tributary.jobs.golden.GoldenRows;
import io.tributary.jobs.golden.GoldenStep;
import io.tributary.jobs.plan.PlanStep;
import io.tributary.jobs.plan.SuppressedKeys;
import io.tributary.jobs.privacy.Suppressions;
import io.tributary.jobs.table.Lake;
import io.tributary.journal.EntryKeys;
import io.tributary.merge.FieldRules;
import io.tributary.merge.FreshnessPolicy;
import io.tributary.model.EntityKind;
import io.tributary.quota.Allowance;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An entry of {@code suppressions} against the plan and the golden rows. */
class SuppressionTest extends SparkTest {
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");
    private static final String NONE = "cast(array() as array<string>)";

    @TempDir
    Path dir;

    private Lake lake;

    @BeforeEach
    void makeLake() {
        lake = EmptyLake.in(spark(), dir);
    }

    private void suppress(String key) {
        suppress(key, "request");
    }

    private void suppress(String key, String reason) {
        new Suppressions(spark(), lake).add(List.of(EntryKeys.hash(key)), reason, TONIGHT);
    }

    private String record(String id, String key, String aliases, String inputs, String lifeCycle) {
        return "('crm', 'contact', 'person', '" + id + "', 'c.csv', timestamp'2026-08-20 20:00:00', 'h" + id + "', '"
                + lifeCycle + "', cast(null as string), '" + key + "', " + aliases + ", cast(null as string), " + inputs
                + ", map('name.full', 'Someone'), cast(map() as map<string, string>))";
    }

    private Dataset<Row> records(String... records) {
        return spark().sql("SELECT * FROM VALUES " + String.join(", ", records)
                + " AS t(source, object, entity, record_id, extract, extracted_at, row_hash, life_cycle, account_id,"
                + " lookup_key, aliases, company_key, inputs, crm, carried)");
    }

    private Dataset<Row> plan(Dataset<Row> records) {
        return new PlanStep(spark(), lake, new PaperCatalog(List.of("acme")), 4)
                .run(records, Set.of("opted_out"), "r1", TONIGHT, Allowance.unlimited(), Optional.empty());
    }

    private String decision(Dataset<Row> planned, String key) {
        return planned.where("lookup_key = '" + key + "'").first().getAs("decision");
    }

    private void merge(Dataset<Row> records, String run) {
        Dataset<Row> state = new CrmState(spark(), lake)
                .of(EntityKind.PERSON, records, records.limit(0).select("source", "object", "record_id"));
        new GoldenStep(spark(), lake)
                .run(
                        EntityKind.PERSON,
                        state,
                        plan(state),
                        List.of(),
                        new GoldenRows(
                                EntityKind.PERSON,
                                FieldRules.defaults(),
                                List.of("acme"),
                                Map.of("acme", FreshnessPolicy.defaults()),
                                TONIGHT,
                                run));
    }

    private Row golden(String id) {
        return lake.golden(EntityKind.PERSON)
                .read(spark())
                .where("_crm_id = '" + id + "'")
                .first();
    }

    private void answer(String key) {
        Dataset<Row> empty = lake.history().read(spark());
        Dataset<Row> row = spark().sql("SELECT '" + key + "' AS lookup_key, 'person' AS entity, 'acme' AS provider,"
                + " 'MATCHED' AS outcome, '' AS reason, 0L AS epoch, '' AS operation, '' AS job_id, '' AS inputs_hash, 'a-"
                + key + "' AS response_id,"
                + " timestamp'2026-08-20 00:00:00' AS fetched_at, 0.95D AS confidence");
        lake.history().appendAll(empty.limit(0).unionByName(row, true));
        lake.history().delta(spark()).updateExpr("lookup_key = '" + key + "'", Map.of("person", person()));
    }

    /** A profile that holds a title and nothing else. */
    private String person() {
        String type =
                lake.history().read(spark()).schema().apply("person").dataType().catalogString();
        return "from_json('{\"title\": \"VP\"}', '" + type + "')";
    }

    @Test
    void anEntryForAnyIdentifierStopsTheKey() {
        suppress("email:ada@acme.com");
        suppress("linkedin_person:cleo");
        Dataset<Row> planned = plan(records(
                record("1", "linkedin_person:ada", NONE, "map('email', 'Ada@acme.com')", "active"),
                record("2", "linkedin_person:bob", NONE, "map('email', 'bob@acme.com')", "active"),
                record(
                        "3",
                        "email:cleo@acme.com",
                        "array('linkedin_person:cleo')",
                        "map('email', 'cleo@acme.com')",
                        "active"),
                record("4", "email:cleo@acme.com", NONE, "map('email', 'cleo@acme.com', 'city', 'Rome')", "active")));

        assertEquals("SUPPRESSED", decision(planned, "linkedin_person:ada"));
        assertEquals("WORK", decision(planned, "linkedin_person:bob"));
        assertEquals("SUPPRESSED", decision(planned, "email:cleo@acme.com"));
    }

    @Test
    void whoeverIsNamedInAnotherWayIsStoppedToo() {
        suppress("domain:acme.com");
        suppress("cleo@home.org");
        suppress("phone:+493012345678");
        suppress("domain:objects.com", SuppressedKeys.OPT_OUT);
        Dataset<Row> planned = plan(records(
                record("1", "email:ada@mail.acme.com", NONE, "map('email', 'ada@mail.acme.com')", "active"),
                record("2", "email:bob@home.org", NONE, "map('email', 'bob@home.org', 'domain', 'acme.com')", "active"),
                record("3", "linkedin_person:cleo", "array('email:cleo@home.org')", "map('city', 'Rome')", "active"),
                record("4", "email:dan@home.org", "array('phone:+493012345678|dan')", "map('city', 'Rome')", "active"),
                record("5", "email:eve@nacme.com", NONE, "map('email', 'eve@nacme.com')", "active"),
                record("6", "email:fay@objects.com", NONE, "map('email', 'fay@objects.com')", "active")));

        for (String key : List.of(
                "email:ada@mail.acme.com", "email:bob@home.org", "linkedin_person:cleo", "email:dan@home.org")) {
            assertEquals("SUPPRESSED", decision(planned, key), key);
        }
        assertEquals("WORK", decision(planned, "email:eve@nacme.com"));
        assertEquals("WORK", decision(planned, "email:fay@objects.com"), "a company that objects is not its people");
    }

    @Test
    void aSuppressedRowIsFilledNoMoreEvenIfItIsNotReadAgainOrWouldNotBePlanned() {
        Dataset<Row> night = records(
                record(
                        "1",
                        "email:ada@acme.com",
                        "array('linkedin_person:ada')",
                        "map('email', 'ada@acme.com')",
                        "active"),
                record("2", "email:bob@acme.com", NONE, "map('email', 'bob@acme.com')", "opted_out"));
        answer("email:ada@acme.com");
        answer("email:bob@acme.com");
        merge(night, "r1");
        assertEquals("VP", golden("1").getAs("title"));

        suppress("linkedin_person:ada");
        suppress("email:bob@acme.com");
        merge(night.limit(0), "r2");

        for (String id : List.of("1", "2")) {
            assertEquals("suppressed", golden(id).getAs("enrichment_status"));
            assertNull(golden(id).getAs("title"));
            assertNull(golden(id).getAs("next_refresh_at"));
        }
    }
}
