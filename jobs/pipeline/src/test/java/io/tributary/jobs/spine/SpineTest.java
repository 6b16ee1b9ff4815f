package io.tributary.jobs.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.jobs.EmptyLake;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.golden.CrmState;
import io.tributary.jobs.golden.GoldenRows;
import io.tributary.jobs.golden.GoldenStep;
import io.tributary.jobs.harvest.HarvestStep;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.plan.PlanStep;
import io.tributary.jobs.table.Lake;
import io.tributary.journal.Entry;
import io.tributary.journal.FlushPolicy;
import io.tributary.journal.JournalWriter;
import io.tributary.journal.SegmentPath;
import io.tributary.merge.FieldRules;
import io.tributary.merge.FreshnessPolicy;
import io.tributary.model.EntityKind;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plan, harvest and merge over real Delta tables, with the calls written by hand. */
class SpineTest extends SparkTest {
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");

    @TempDir
    Path dir;

    private Lake lake;
    private HadoopJournalStore journal;

    @BeforeEach
    void makeLake() throws Exception {
        lake = EmptyLake.in(spark(), dir);
        journal = new HadoopJournalStore(
                new org.apache.hadoop.conf.Configuration(),
                dir.resolve("journal").toString());
    }

    private Dataset<Row> crm(String... records) {
        StringBuilder rows = new StringBuilder();
        for (String record : records) {
            String[] part = record.split("\\|", -1);
            rows.append(rows.isEmpty() ? "" : ", ")
                    .append("('salesforce', 'contact', 'person', '" + part[0]
                            + "', 'c.csv', timestamp'2026-08-20 20:00:00', '"
                            + record.hashCode() + "', 'active', cast(null as string), 'email:" + part[1]
                            + "', cast(array() as array<string>), cast(null as string), map('email', '" + part[1]
                            + "'), map('email', '" + part[1] + "'"
                            + (part[2].isEmpty() ? "" : ", 'title', '" + part[2] + "'") + "), map('branch__c', '"
                            + part[0]
                            + "'))");
        }
        return spark().sql("SELECT * FROM VALUES " + rows
                + " AS t(source, object, entity, record_id, extract, extracted_at, row_hash, life_cycle, account_id,"
                + " lookup_key, aliases, company_key, inputs, crm, carried)");
    }

    private Dataset<Row> plan(Dataset<Row> crm, String run, Instant asOf) {
        return new PlanStep(spark(), lake, new PaperCatalog(List.of("acme", "beta")), 4)
                .run(crm, Set.of("opted_out"), run, asOf, Allowance.unlimited(), Optional.empty());
    }

    private void answer(
            String run, String provider, String email, Outcome outcome, double confidence, Instant at, String profile) {
        LookupKey key = LookupKey.parse("email:" + email);
        try (JournalWriter writer = new JournalWriter(
                journal, new SegmentPath(run, key.bucket(4), System.nanoTime(), 0), FlushPolicy.DEFAULT)) {
            writer.append(
                    new Entry(
                            provider + email,
                            key.text(),
                            provider,
                            "person",
                            0,
                            "i",
                            outcome,
                            "",
                            200,
                            1,
                            confidence,
                            1,
                            1,
                            true,
                            at.toEpochMilli(),
                            5,
                            "",
                            "v1",
                            List.of(),
                            profile,
                            "{}"),
                    0);
        }
    }

    private GoldenStep.Result merge(Dataset<Row> crm, Dataset<Row> decisions, String run) {
        return merge(crm, decisions, run, FieldRules.defaults());
    }

    private GoldenStep.Result merge(Dataset<Row> crm, Dataset<Row> decisions, String run, FieldRules rules) {
        GoldenRows golden = new GoldenRows(
                EntityKind.PERSON,
                rules,
                List.of("acme", "beta"),
                Map.of("acme", FreshnessPolicy.defaults(), "beta", FreshnessPolicy.defaults()),
                TONIGHT,
                run);
        Dataset<Row> state = new CrmState(spark(), lake).of(EntityKind.PERSON, crm, missing(crm));
        return new GoldenStep(spark(), lake)
                .run(
                        EntityKind.PERSON,
                        state,
                        decisions,
                        List.of(new GoldenStep.Carried("branch__c", "STRING", "Branch__c")),
                        golden);
    }

    /** What a full extract no longer holds. */
    private Dataset<Row> missing(Dataset<Row> crm) {
        return lake.golden(EntityKind.PERSON)
                .read(spark())
                .selectExpr("_crm_source as source", "_crm_object as object", "_crm_id as record_id")
                .join(
                        crm.select("source", "object", "record_id"),
                        new String[] {"source", "object", "record_id"},
                        "left_anti");
    }

    @Test
    void asksWhatIsNotKnownAndWritesGoldenRowsThatCanBeExplained() throws Exception {
        Dataset<Row> crm = crm("1|ada@acme.com|", "2|bob@acme.com|Chief", "3|ada@acme.com|");
        Dataset<Row> planned = plan(crm, "r1", TONIGHT);
        assertEquals(2, planned.where("decision = 'WORK'").count());
        assertEquals(
                List.of("acme", "beta"),
                planned.selectExpr("asks.provider as p").first().getList(0));

        answer(
                "r1",
                "acme",
                "ada@acme.com",
                Outcome.MATCHED,
                0.95,
                TONIGHT,
                "{\"person\": {\"title\": \"VP\", \"name.first\": \"Ada\"}}");
        answer(
                "r1",
                "acme",
                "bob@acme.com",
                Outcome.MATCHED,
                0.7,
                TONIGHT,
                "{\"person\": {\"title\": \"Boss\", \"location.city\": \"Denver\"}}");
        HarvestStep harvest = new HarvestStep(spark(), lake, journal, 4);
        assertEquals(2, harvest.run(1, TONIGHT).answers());
        assertEquals(0, harvest.run(2, TONIGHT).answers());

        GoldenStep.Result first = merge(crm, planned, "r1");
        assertEquals(3, first.changed());
        Row ada = lake.golden(EntityKind.PERSON)
                .read(spark())
                .where("_crm_id = '1'")
                .first();
        assertEquals("VP", ada.getAs("title"));
        assertEquals("enriched", ada.getAs("enrichment_status"));
        assertEquals("1", ada.getAs("branch__c"));
        Row lineage = ada.<String, Row>getJavaMap(ada.fieldIndex("_lineage")).get("title");
        assertEquals("acme", lineage.getAs("provider"));
        assertNull(lineage.getAs("previous"));
        Row bob = lake.golden(EntityKind.PERSON)
                .read(spark())
                .where("_crm_id = '2'")
                .first();
        assertEquals("Chief", bob.getAs("title"));
        assertEquals("Denver", bob.getAs("city"));

        long version = version();
        GoldenStep.Result second = merge(crm, planned, "r2");
        assertEquals(0, second.changed());
        assertEquals(version, version());
    }

    @Test
    void aRuleThatChangesMergesAgainWithoutACallAndWhatLostIsKept() throws Exception {
        Dataset<Row> crm = crm("1|ada@acme.com|Chief", "2|bob@acme.com|");
        Dataset<Row> planned = plan(crm, "r1", TONIGHT);
        answer(
                "r1",
                "acme",
                "ada@acme.com",
                Outcome.PARTIAL,
                0.6,
                TONIGHT,
                "{\"person\": {\"title\": \"VP\", \"location.city\": \"Denver\"}}");
        answer(
                "r1",
                "beta",
                "ada@acme.com",
                Outcome.MATCHED,
                0.9,
                TONIGHT,
                "{\"person\": {\"location.city\": \"Boston\"}}");
        new HarvestStep(spark(), lake, journal, 4).run(1, TONIGHT);
        merge(crm, planned, "r1");
        assertEquals("Boston", row("1").getAs("city"));
        assertEquals(List.of("acme less_sure Denver"), losers("1", "city"));
        assertEquals("Chief", row("1").getAs("title"));
        assertEquals(List.of("acme below_floor VP"), losers("1", "title"));
        assertEquals(List.of("beta"), row("1").getList(row("1").fieldIndex("enrichment_source")));
        long history = lake.history().read(spark()).count();

        FieldRules ordered = FieldRules.parse(
                        Map.of("location.city", "provider-order", "title", "fill-empty"), FieldRules.defaults())
                .rules();
        assertEquals(1, merge(crm, planned, "r2", ordered).changed());

        assertEquals("Denver", row("1").getAs("city"));
        assertEquals(List.of("beta later_in_order Boston"), losers("1", "city"));
        assertEquals(List.of("acme crm_kept VP"), losers("1", "title"));
        assertEquals(0, merge(crm, planned, "r3", ordered).changed());
        assertEquals(history, lake.history().read(spark()).count());
    }

    @Test
    @Tag("long")
    void aTableFromBeforeLosersWereKeptGrowsThemAndKeepsItsRows() throws Exception {
        Dataset<Row> crm = crm("1|ada@acme.com|", "2|bob@acme.com|Chief");
        Dataset<Row> planned = plan(crm, "r1", TONIGHT);
        answer(
                "r1",
                "acme",
                "ada@acme.com",
                Outcome.MATCHED,
                0.9,
                TONIGHT,
                "{\"person\": {\"location.city\": \"Denver\"}}");
        answer("r1", "acme", "bob@acme.com", Outcome.MATCHED, 0.9, TONIGHT, "{\"person\": {\"title\": \"Boss\"}}");
        new HarvestStep(spark(), lake, journal, 4).run(1, TONIGHT);
        merge(crm, planned, "r1");
        Row expected = row("2");
        makeOld();
        assertEquals(7, entry("1", "city").size());

        lake.ensure(spark());
        assertEquals(8, entry("1", "city").size());
        // Only the row in which something lost is written again.
        assertEquals(1, merge(crm, planned, "r2").changed());
        assertEquals(List.of("acme crm_kept Boss"), losers("2", "title"));
        assertEquals(expected.<String>getAs("_content_hash"), row("2").<String>getAs("_content_hash"));
        assertEquals("r1", row("1").getAs("_run_id"));
        assertEquals(0, merge(crm, planned, "r3").changed());
        Row detail = lake.golden(EntityKind.PERSON).delta(spark()).detail().first();
        assertEquals(1, detail.<Integer>getAs("minReaderVersion"));
    }

    /** Writes the golden table as the version before losers did: without them, and with hashes that know of none. */
    private void makeOld() {
        String path = dir.resolve("contacts").toString();
        Dataset<Row> old = spark().read()
                .format("delta")
                .load(path)
                .selectExpr(
                        "* EXCEPT (_lineage, _content_hash)",
                        "transform_values(map_filter(_lineage, (k, v) -> v.provider IS NOT NULL), (k, v) -> struct("
                                + "v.provider, v.response_id, v.fetched_at, v.confidence, v.rule, v.value, v.previous))"
                                + " AS _lineage",
                        "if(_crm_id = '2', 'an older hash', _content_hash) AS _content_hash");
        old.write()
                .format("delta")
                .mode("overwrite")
                .option("overwriteSchema", "true")
                .save(path);
    }

    private Row row(String id) {
        return lake.golden(EntityKind.PERSON)
                .read(spark())
                .where("_crm_id = '" + id + "'")
                .first();
    }

    private Row entry(String id, String column) {
        Row row = row(id);
        return row.<String, Row>getJavaMap(row.fieldIndex("_lineage")).get(column);
    }

    private List<String> losers(String id, String column) {
        Row entry = entry(id, column);
        return entry.<Row>getList(entry.fieldIndex("losers")).stream()
                .map(loser -> loser.getAs("provider") + " " + loser.getAs("why") + " " + loser.getAs("value"))
                .toList();
    }

    @Test
    void aRecordThatAFullExtractNoLongerHoldsIsMarkedAndNotLost() throws Exception {
        Dataset<Row> decisions = plan(crm("1|ada@acme.com|", "2|bob@acme.com|"), "r1", TONIGHT);
        merge(crm("1|ada@acme.com|", "2|bob@acme.com|"), decisions, "r1");

        GoldenStep.Result second = merge(crm("1|ada@acme.com|"), decisions, "r2");

        assertEquals(1, second.changed());
        Row gone = lake.golden(EntityKind.PERSON)
                .read(spark())
                .where("_crm_id = '2'")
                .first();
        assertTrue(gone.getAs("_deleted_at") != null);
        assertEquals("2", gone.getAs("branch__c"));
        assertEquals(0, merge(crm("1|ada@acme.com|"), decisions, "r3").changed());
    }

    @Test
    void anAnswerIsAskedAgainOnlyWhenItsTimeHasCome() throws Exception {
        String[] ages = {"29|0.85", "31|0.85", "89|0.95", "91|0.95"};
        String[] records = new String[ages.length];
        for (int i = 0; i < ages.length; i++) {
            String email = "p" + i + "@acme.com";
            records[i] = i + "|" + email + "|";
            String[] part = ages[i].split("\\|");
            answer(
                    "old",
                    "acme",
                    email,
                    Outcome.MATCHED,
                    Double.parseDouble(part[1]),
                    TONIGHT.minus(java.time.Duration.ofDays(Long.parseLong(part[0]))),
                    "{}");
        }
        new HarvestStep(spark(), lake, journal, 4).run(1, TONIGHT);

        Dataset<Row> planned = plan(crm(records), "r1", TONIGHT);

        assertEquals(
                List.of("email:p1@acme.com", "email:p3@acme.com"),
                planned.where("decision = 'WORK'")
                        .orderBy("lookup_key")
                        .select("lookup_key")
                        .as(org.apache.spark.sql.Encoders.STRING())
                        .collectAsList());
        assertEquals(2, planned.where("decision = 'CACHE_HIT'").count());
    }

    private long version() {
        return lake.golden(EntityKind.PERSON).delta(spark()).history(1).first().<Long>getAs("version");
    }
}
