package io.tributary.jobs.spine;

import io.tributary.jobs.EmptyLake;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.golden.CrmState;
import io.tributary.jobs.golden.GoldenRows;
import io.tributary.jobs.golden.GoldenStep;
import io.tributary.jobs.harvest.HarvestStep;
import io.tributary.jobs.identities.KnownAs;
import io.tributary.jobs.identities.OneSubject;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.plan.PlanStep;
import io.tributary.jobs.table.KernelLookup;
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
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are known by other identifiers than the one that was asked by: harvested, planned with and merged. */
class IdentitiesTest extends SparkTest {
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");

    @TempDir
    Path dir;

    private Lake lake;
    private HadoopJournalStore journal;
    private HarvestStep harvest;

    @BeforeEach
    void makeLake() throws Exception {
        lake = EmptyLake.in(spark(), dir);
        journal = new HadoopJournalStore(
                new org.apache.hadoop.conf.Configuration(),
                dir.resolve("journal").toString());
        harvest = new HarvestStep(spark(), lake, journal, 4);
    }

    /** One record: its key, its aliases, and what it says. */
    private record Person(String id, String key, List<String> aliases, Map<String, String> crm) {
        String sql() {
            return "('salesforce', 'contact', 'person', '" + id + "', 'c.csv', timestamp'2026-08-20 20:00:00', '" + key
                    + aliases + crm + "', 'active', cast(null as string), '" + key + "', " + array()
                    + ", cast(null as string), map('email', 'x@acme.com'), " + map() + ", map('id', '" + id + "'))";
        }

        private String array() {
            return "cast(array("
                    + String.join(", ", aliases.stream().map(a -> "'" + a + "'").toList()) + ") as array<string>)";
        }

        private String map() {
            return "cast(map("
                    + String.join(
                            ", ",
                            crm.entrySet().stream()
                                    .map(e -> "'" + e.getKey() + "', '" + e.getValue() + "'")
                                    .toList())
                    + ") as map<string, string>)";
        }
    }

    private Dataset<Row> crm(Person... people) {
        return spark().sql("SELECT * FROM VALUES "
                + String.join(
                        ", ", java.util.Arrays.stream(people).map(Person::sql).toList())
                + " AS t(source, object, entity, record_id, extract, extracted_at, row_hash, life_cycle, account_id,"
                + " lookup_key, aliases, company_key, inputs, crm, carried)");
    }

    private Dataset<Row> plan(Dataset<Row> crm) {
        return new PlanStep(spark(), lake, new PaperCatalog(List.of("acme")), 4)
                .run(crm, Set.of(), "next", TONIGHT, Allowance.unlimited(), Optional.empty());
    }

    private void answered(String run, String key, Outcome outcome, String profiles) throws Exception {
        LookupKey subject = LookupKey.parse(key);
        try (JournalWriter writer = new JournalWriter(
                journal, new SegmentPath(run, subject.bucket(4), System.nanoTime(), 0), FlushPolicy.DEFAULT)) {
            writer.append(
                    new Entry(
                            "acme" + key,
                            key,
                            "acme",
                            "person",
                            0,
                            "i",
                            outcome,
                            "",
                            200,
                            1,
                            0.95,
                            1,
                            1,
                            true,
                            TONIGHT.minusSeconds(3600).toEpochMilli(),
                            5,
                            "",
                            "v1",
                            List.of(),
                            profiles,
                            "{}"),
                    0);
        }
    }

    private GoldenStep.Result merge(Dataset<Row> crm) {
        Dataset<Row> decisions = plan(crm).localCheckpoint();
        GoldenRows rows = new GoldenRows(
                EntityKind.PERSON,
                FieldRules.defaults(),
                List.of("acme"),
                Map.of("acme", FreshnessPolicy.defaults()),
                TONIGHT,
                "next");
        Dataset<Row> nobody = crm.where("false");
        return new GoldenStep(spark(), lake)
                .run(
                        EntityKind.PERSON,
                        new CrmState(spark(), lake).of(EntityKind.PERSON, crm, nobody),
                        decisions,
                        List.of(),
                        rows);
    }

    /** What is looked up for the story of one record is what a plan finds for all. */
    private void oneByOneAsAllTogether(Dataset<Row> records) {
        List<Row> known =
                KnownAs.of(spark(), lake, records).where("subject IS NOT NULL").collectAsList();
        KernelLookup lookups = new KernelLookup(new org.apache.hadoop.conf.Configuration());
        for (Row record : records.select("lookup_key", "aliases").collectAsList()) {
            Set<String> together = known.stream()
                    .filter(row -> row.getString(0).equals(record.getString(0)))
                    .map(row -> row.getString(1))
                    .collect(java.util.stream.Collectors.toSet());
            Assertions.assertEquals(
                    together, OneSubject.knownAs(lookups, lake, record.getString(0), record.getList(1)));
        }
    }

    private String decisions(Dataset<Row> planned) {
        return String.join(
                "; ",
                planned.selectExpr("concat(lookup_key, ' ', decision) AS line")
                        .orderBy("line")
                        .as(org.apache.spark.sql.Encoders.STRING())
                        .collectAsList());
    }

    @Test
    void aRowThatGainsAMailboxAfterItWasAnsweredByItsPageIsNotAskedAgainAndKeepsItsAnswer() throws Exception {
        answered(
                "r1",
                "linkedin_person:ada",
                Outcome.MATCHED,
                "{\"person\": {\"title\": \"VP\", \"email\": \"ada@old.com\"}}");
        answered("r1", "linkedin_person:eve", Outcome.NOT_FOUND, "{}");
        harvest.run(1, TONIGHT);

        Dataset<Row> tonight = crm(
                new Person("1", "email:ada@acme.com", List.of("linkedin_person:ada"), Map.of()),
                new Person("2", "email:ada@old.com", List.of(), Map.of()),
                new Person("3", "email:eve@acme.com", List.of("linkedin_person:eve"), Map.of()));

        Assertions.assertEquals(
                "email:ada@acme.com CACHE_HIT; email:ada@old.com CACHE_HIT; email:eve@acme.com WORK",
                decisions(plan(tonight)));
        oneByOneAsAllTogether(tonight);
        merge(tonight);
        Dataset<Row> golden = lake.golden(EntityKind.PERSON).read(spark());
        Assertions.assertEquals(
                2,
                golden.where("title = 'VP' AND enrichment_status = 'enriched'").count());
        Assertions.assertEquals(
                0,
                lake.identities().read(spark()).where("alias_hash LIKE '%@%'").count(),
                "an identifier that stands in no other table is kept as its hash");
    }

    @Tag("long")
    @Test
    void anIdentifierOfTwoPeopleIsToldAndBringsNobodyTheOthersAnswer() throws Exception {
        answered(
                "r1",
                "linkedin_person:ada",
                Outcome.MATCHED,
                "{\"person\": {\"title\": \"VP\", \"email\": \"berlin@acme.com\"}}");
        answered(
                "r1",
                "linkedin_person:bob",
                Outcome.MATCHED,
                "{\"person\": {\"title\": \"CFO\", \"email\": \"berlin@acme.com\"}}");
        harvest.run(1, TONIGHT);
        Dataset<Row> tonight = crm(new Person("1", "email:berlin@acme.com", List.of(), Map.of()));

        Assertions.assertEquals("email:berlin@acme.com WORK", decisions(plan(tonight)));
        Dataset<Row> known = KnownAs.of(spark(), lake, tonight);
        Assertions.assertEquals(1, known.where("conflict IS NOT NULL").count());
        Assertions.assertEquals(0, known.where("subject IS NOT NULL").count());
        oneByOneAsAllTogether(tonight);
        merge(tonight);
        Assertions.assertEquals(
                0,
                lake.golden(EntityKind.PERSON)
                        .read(spark())
                        .where("title IS NOT NULL")
                        .count());
    }

    @Tag("long")
    @Test
    void whatTheRecordSaidByWhichARunAskedIsKnownTooAndAHarvestThatDiedIsMendedByTheNext() throws Exception {
        Dataset<Row> first = crm(new Person("1", "email:ada@acme.com", List.of("linkedin_person:ada"), Map.of()));
        lake.work()
                .append(
                        plan(first)
                                .withColumn("run_id", functions.lit("r1"))
                                .withColumn("status", functions.lit("planned")),
                        "work",
                        1);
        answered("r1", "email:ada@acme.com", Outcome.MATCHED, "{\"person\": {\"title\": \"VP\"}}");
        harvest.run(1, TONIGHT);
        answered("r2", "email:bob@acme.com", Outcome.MATCHED, "{\"person\": {\"title\": \"CFO\"}}");
        harvest.run(2, TONIGHT);
        long whole = lake.identities().read(spark()).count();

        lake.history().delta(spark()).delete("run_id = 'r2'");
        harvest.run(3, TONIGHT);
        harvest.run(4, TONIGHT);

        Assertions.assertEquals(2, lake.history().read(spark()).count());
        Assertions.assertEquals(
                whole, lake.identities().read(spark()).distinct().count(), "what stands there twice is read as once");
        Dataset<Row> later = crm(new Person("1", "linkedin_person:ada", List.of(), Map.of()));
        Assertions.assertEquals("linkedin_person:ada CACHE_HIT", decisions(plan(later)));

        lake.identities().delta(spark()).delete();
        harvest.run(5, TONIGHT);
        Assertions.assertEquals(0, lake.identities().read(spark()).count(), "nothing new");
        answered("r3", "email:eve@acme.com", Outcome.MATCHED, "{\"person\": {\"title\": \"CEO\"}}");
        harvest.run(6, TONIGHT);
        Assertions.assertEquals(
                whole + 1, lake.identities().read(spark()).count(), "a lake of before there were any has all of them");
    }

    @Tag("long")
    @Test
    void somebodyWhoWorksElsewhereByTheNewestAnswerIsTold() throws Exception {
        String elsewhere =
                "{\"person\": {\"title\": \"VP\", \"company.domain\": \"zenith.io\", \"company.name\": \"Zenith\"}}";
        answered("r1", "email:ada@acme.com", Outcome.MATCHED, elsewhere);
        answered("r1", "email:bob@zenith.io", Outcome.MATCHED, elsewhere);
        harvest.run(1, TONIGHT);
        Dataset<Row> tonight = crm(
                new Person("1", "email:ada@acme.com", List.of(), Map.of("company.name", "Acme Rockets")),
                new Person("2", "email:bob@zenith.io", List.of(), Map.of("email", "bob@zenith.io")));

        Assertions.assertEquals(1, merge(tonight).moved());

        Assertions.assertEquals(
                "moved",
                lake.golden(EntityKind.PERSON)
                        .read(spark())
                        .where("_crm_id = '1'")
                        .first()
                        .getAs("enrichment_reason"));
        Assertions.assertEquals(
                "",
                lake.golden(EntityKind.PERSON)
                        .read(spark())
                        .where("_crm_id = '2'")
                        .first()
                        .getAs("enrichment_reason"));
    }
}
