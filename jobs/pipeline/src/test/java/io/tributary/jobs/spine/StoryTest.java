package io.tributary.jobs.spine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.StoppedException;
import io.tributary.jobs.drift.Drift;
import io.tributary.jobs.drift.DriftStep;
import io.tributary.jobs.explain.Explain;
import io.tributary.jobs.explain.FieldStory;
import io.tributary.jobs.explain.RecordId;
import io.tributary.jobs.explain.RecordStory;
import io.tributary.jobs.explain.StoryJson;
import io.tributary.jobs.explain.StoryText;
import io.tributary.jobs.golden.GoldenRows;
import io.tributary.jobs.golden.GoldenStep;
import io.tributary.jobs.harvest.HarvestStep;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.remap.ReadAnswers;
import io.tributary.jobs.remap.RemapStep;
import io.tributary.jobs.table.KernelLookup;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.TableRef;
import io.tributary.merge.FieldRules;
import io.tributary.merge.FreshnessPolicy;
import io.tributary.model.EntityKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What history tells afterwards: how a row came to be, what answers say by another file, and when they change their form. */
class StoryTest extends SparkTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FIRST = """
            name: acme
            hosts: {api: "https://api.acme.example"}
            auth: {kind: header, name: X-Key}
            quota: [{calls: 25, per: 1s}]
            re-ask: hold
            operations:
              person:
                entity: person
                needs: [[email]]
                request: {method: get, path: /person}
                match: {person.id: "*"}
                miss: {person: "-"}
                complete: [title]
                confidence: {otherwise: 0.9}
                credits: {by-outcome: {matched: 1}, worst: 1}
                answers-also: {company: [name, domain, industry]}
                fields:
                  person: {id: person.id, title: person.headline}
                  company: {name: org.name, domain: org.domain, industry: org.industry}
            """;

    /** Another mapping, another confidence, and another place for what makes an employer's answer whole. */
    private static final String SECOND = FIRST.replace("person.headline", "person.role")
            .replace("otherwise: 0.9", "otherwise: 0.85")
            .replace("org.industry", "org.sector");

    @TempDir
    Path dir;

    private long fence = 1;

    private Lake lake(String name) {
        Lake lake =
                new Lake(table -> new TableRef(dir.resolve(name).resolve(table).toString()));
        lake.history().ensure(spark());
        lake.work().ensure(spark());
        lake.identities().ensure(spark());
        return lake;
    }

    private HadoopJournalStore journal(String folder) throws IOException {
        return new HadoopJournalStore(
                spark().sparkContext().hadoopConfiguration(),
                dir.resolve(folder).toString());
    }

    private void asked(String folder, String run, ReadAnswers provider, int people, IntFunction<String> body)
            throws IOException {
        provider.write(journal(folder), run, people, i -> "ada" + i + "@firm" + i + ".com", body);
    }

    private void harvest(Lake lake, String folder) throws IOException {
        new HarvestStep(spark(), lake, journal(folder), 1).run(fence++, Instant.EPOCH);
    }

    private void night(Lake lake, String folder, String run, ReadAnswers provider, int people, IntFunction<String> body)
            throws IOException {
        asked(folder, run, provider, people, body);
        harvest(lake, folder);
    }

    /** Some nobody, some half known; employers that come with either mapping, with both and with none. */
    private static String body(int i) {
        if (i % 6 == 5) {
            return "{}";
        }
        String role = i % 6 == 4 ? "" : ", \"role\": \"Role " + i + "\"";
        String org = "{\"name\": \"Firm\", \"domain\": \"employer" + i / 8 + ".com\""
                + (i % 3 == 0 ? ", \"industry\": \"old\"" : "") + (i % 4 == 0 ? ", \"sector\": \"new\"" : "") + "}";
        return "{\"person\": {\"id\": \"p" + i + "\", \"headline\": \"Headline " + i + "\"" + role + "}, \"org\": "
                + org + "}";
    }

    @Test
    void answersThatAreReadAgainAreWhatTheNewFileWouldHaveMadeOfThem() throws IOException {
        ReadAnswers first = new ReadAnswers(FIRST);
        ReadAnswers second = new ReadAnswers(SECOND);
        Lake remapped = lake("remapped");
        Lake fresh = lake("fresh");
        night(remapped, "journal-1", "r1", first, 60, StoryTest::body);
        night(fresh, "journal-2", "r1", second, 60, StoryTest::body);
        Dataset<Row> before = remapped.history().read(spark()).localCheckpoint();

        RemapStep step = new RemapStep(spark(), remapped, second.catalog(), 1);
        Assertions.assertEquals(Map.of("acme", 60L), step.due(false));
        RemapStep.Result result = step.run("acme", false, (name, rows) -> rows.localCheckpoint());

        Assertions.assertEquals(60, result.read());
        Assertions.assertEquals(50, result.changed(), "all but those about nobody");
        Assertions.assertEquals(0, result.kept());
        Dataset<Row> now = remapped.history().read(spark());
        Dataset<Row> gone = now.where("reason = 'not_carried'");
        Assertions.assertTrue(gone.count() > 0
                && gone.where("person is not null or company is not null").isEmpty());
        Dataset<Row> wanted = fresh.history().read(spark());
        Assertions.assertTrue(wanted.where("carried_by is not null").count() > 2);
        Dataset<Row> rest = now.where("reason <> 'not_carried'");
        Assertions.assertEquals(List.of(), rest.exceptAll(wanted).collectAsList());
        Assertions.assertEquals(List.of(), wanted.exceptAll(rest).collectAsList());
        String[] facts = {"response_id", "credits", "raw_body", "fetched_at", "http_status", "segment", "epoch"};
        Assertions.assertEquals(
                0,
                before.selectExpr(facts).exceptAll(now.selectExpr(facts)).count(),
                "what was paid for stays as it was");

        Assertions.assertEquals(Map.of(), step.due(false), "a second time there is nothing to do");
        ReadAnswers blind = new ReadAnswers(SECOND.replace("person.id: \"*\"", "person.uid: \"*\"")
                .replace("miss: {person: \"-\"}", "miss: {nobody: \"*\"}"));
        RemapStep.Result kept = new RemapStep(spark(), remapped, blind.catalog(), 1)
                .run("acme", false, (name, rows) -> rows.localCheckpoint());
        Assertions.assertEquals(new RemapStep.Result(0, 0, 60, 0), kept);
        Assertions.assertEquals(
                List.of(), remapped.history().read(spark()).exceptAll(now).collectAsList());
    }

    @Tag("long")
    @Test
    void fieldsThatNoAnswerHadBeforeAreToldOnce() throws IOException {
        ReadAnswers provider = new ReadAnswers(FIRST);
        Lake lake = lake("lake");
        String old = "{\"person\": {\"id\": \"1\", \"headline\": \"VP\", \"age\": 40, \"city\": null}}";
        String changed = "{\"person\": {\"id\": \"1\", \"headline\": \"VP\", \"age\": \"40\", \"city\": \"Rome\","
                + " \"pets\": [{\"name\": \"Rex\"}]}}";
        DriftStep step = new DriftStep(spark(), lake);
        night(lake, "journal", "r1", provider, 3, i -> old);
        Assertions.assertEquals(List.of(), step.run(List.of("r1")), "a first night has nothing to differ from");
        night(lake, "journal", "r2", provider, 3, i -> i == 2 ? changed : old);
        Drift drift = step.run(List.of("r2")).get(0);
        Assertions.assertEquals(
                new Drift(
                        "acme",
                        "person",
                        List.of("person.pets", "person.pets[]", "person.pets[].name"),
                        List.of("person.age (string, was number)")),
                drift);
        Assertions.assertEquals(
                "3 unseen fields in acme person: person.pets, person.pets[], person.pets[].name;"
                        + " 1 field of another type in acme person: person.age (string, was number)",
                drift.sentence());
        Assertions.assertEquals(List.of(), step.run(List.of("r2")), "told once");
        Assertions.assertEquals(
                0,
                lake.answerFields()
                        .read(spark())
                        .where("path like '%Rome%' or path like '%Rex%'")
                        .count());
    }

    @Test
    void aRecordsStoryTellsWhoWonAndWhyTheOthersDidNotAndWhetherItDerivesAgain() throws IOException {
        Lake lake = lake("lake");
        ReadAnswers acme = new ReadAnswers(FIRST);
        ReadAnswers beta =
                new ReadAnswers(FIRST.replace("name: acme", "name: beta").replace("0.9", "0.82"));
        List.of(lake.golden(EntityKind.PERSON), lake.suppressions()).forEach(table -> table.ensure(spark()));
        asked("journal", "r0", acme, 1, i -> "{\"person\": {\"id\": \"p\", \"headline\": \"Clerk\"}}");
        asked("journal", "r1", beta, 1, i -> "{\"person\": {\"id\": \"p\", \"headline\": \"Head\"}}");
        asked("journal", "r2", acme, 1, i -> "{\"person\": {\"id\": \"p\", \"headline\": \"VP Sales\"}}");
        harvest(lake, "journal");
        lake.history()
                .delta(spark())
                .updateExpr("run_id = 'r0'", Map.of("fetched_at", "timestamp'2026-01-01 00:00:00'"));
        merge(lake);

        RecordStory story = explain(lake);
        Assertions.assertEquals("enriched", story.status());
        FieldStory title = field(story, "title");
        Assertions.assertEquals(Optional.of("VP Sales"), title.value());
        Assertions.assertEquals(Optional.empty(), title.typed());
        Assertions.assertEquals("fill-empty above 0.8", title.rule());
        Assertions.assertEquals(
                List.of("taken acme VP Sales", "less_sure beta Head", "superseded acme Clerk"),
                title.candidates().stream()
                        .map(one -> one.fate() + " " + one.provider() + " " + one.value())
                        .toList());
        FieldStory name = field(story, "name.full");
        Assertions.assertEquals(Optional.of("Ada"), name.value());
        Assertions.assertEquals(Optional.of("Ada"), name.typed());
        Assertions.assertFalse(name.isEnriched());
        Assertions.assertEquals(3, story.answers().size());
        Assertions.assertEquals(3.0, story.credits());
        Assertions.assertEquals("planned", story.plan().orElseThrow().status());
        Assertions.assertEquals(List.of("acme"), story.plan().orElseThrow().providers());
        Assertions.assertTrue(story.derives(), StoryText.of(story));
        Assertions.assertTrue(StoryText.of(story).contains("the row is what the merge makes of its sources"));
        JsonNode json = JSON.readTree(StoryJson.of(story));
        Assertions.assertTrue(json.path("derives").asBoolean());
        Assertions.assertEquals(3, json.path("answers").size());

        lake.golden(EntityKind.PERSON).delta(spark()).updateExpr(Map.of("title", "'President'"));
        FieldStory spoilt = field(explain(lake), "title");
        Assertions.assertFalse(spoilt.derives());
        Assertions.assertEquals(Optional.of("VP Sales"), spoilt.again());

        lake.suppressions()
                .appendAll(spark().sql("SELECT sha2('linkedin_person:ada', 256) AS key_hash, 'opt_out' AS reason,"
                        + " timestamp'2026-08-01 00:00:00' AS added_at"));
        Assertions.assertEquals(Optional.of("opt_out"), explain(lake).suppression());
        StoppedException unknown = Assertions.assertThrows(StoppedException.class, () -> explainer(lake)
                .of(new RecordId(EntityKind.PERSON, Optional.empty(), Optional.empty(), "no-such-id")));
        Assertions.assertTrue(unknown.getMessage().contains("no-such-id"), unknown.getMessage());
    }

    private static FieldStory field(RecordStory story, String path) {
        return story.fields().stream()
                .filter(each -> each.field().path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private Explain explainer(Lake lake) {
        return new Explain(
                new KernelLookup(spark().sparkContext().hadoopConfiguration()),
                lake,
                FieldRules.defaults(),
                Map.of(EntityKind.PERSON, List.of("acme", "beta")),
                1,
                ReadAnswers.ASKED);
    }

    private RecordStory explain(Lake lake) {
        return explainer(lake).of(new RecordId(EntityKind.PERSON, Optional.of("crm"), Optional.of("contact"), "1"));
    }

    private void merge(Lake lake) {
        Dataset<Row> records = spark().sql("SELECT 'crm' AS source, 'contact' AS object, 'person' AS entity,"
                + " '1' AS record_id, 'c.csv' AS extract, timestamp'2026-08-20 20:00:00' AS extracted_at, 'h' AS row_hash,"
                + " 'active' AS life_cycle, cast(null as string) AS account_id, 'email:ada0@firm0.com' AS lookup_key,"
                + " array('linkedin_person:ada') AS aliases, cast(null as string) AS company_key,"
                + " map('email', 'ada0@firm0.com') AS inputs, map('name.full', 'Ada') AS crm,"
                + " cast(map() as map<string, string>) AS carried");
        Dataset<Row> decisions =
                spark().sql("SELECT 'email:ada0@firm0.com' AS lookup_key, 'CACHE_HIT' AS decision, '' AS reason");
        new GoldenStep(spark(), lake)
                .run(
                        EntityKind.PERSON,
                        records,
                        decisions,
                        List.of(),
                        new GoldenRows(
                                EntityKind.PERSON,
                                FieldRules.defaults(),
                                List.of("acme", "beta"),
                                Map.of("acme", FreshnessPolicy.defaults(), "beta", FreshnessPolicy.defaults()),
                                ReadAnswers.ASKED,
                                "r2"));
        Dataset<Row> work = lake.work().read(spark()).limit(0);
        lake.work()
                .appendAll(work.unionByName(
                        spark().sql("SELECT '20260821-020000-r2' AS run_id, 0 AS bucket, 'person' AS entity,"
                                + " 'email:ada0@firm0.com' AS lookup_key, 'planned' AS status, 'stale' AS reason,"
                                + " from_json('[{\"provider\": \"acme\"}]', '"
                                + work.schema().apply("asks").dataType().catalogString() + "') AS asks"),
                        true));
    }
}
