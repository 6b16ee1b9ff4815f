package io.tributary.jobs.run;

import io.tributary.jobs.Figures;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.StopRequest;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.explain.Explain;
import io.tributary.jobs.explain.RecordId;
import io.tributary.jobs.explain.RecordStory;
import io.tributary.jobs.explain.StoryText;
import io.tributary.jobs.harvest.HarvestStep;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.remap.ReadAnswers;
import io.tributary.jobs.remap.RemapStep;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.SparkLookup;
import io.tributary.jobs.table.TableRef;
import io.tributary.model.EntityKind;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights whose provider's file is changed afterwards, and a long history that is read again. */
@Tag("long")
class RemapNightTest extends SparkTest {
    private static final Figures FIGURES = new Figures("remap");
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");
    private static final int PEOPLE = 40;
    private static final int MANY = 100_000;

    private static final String FIRST = """
            name: acme
            hosts: {api: "https://api.acme.net"}
            auth: {kind: header, name: X-Key}
            quota: [{calls: 1000, per: 1s}]
            re-ask: ask-again
            operations:
              person:
                entity: person
                needs: [[email]]
                request: {method: get, path: /person, query: {email: "${email}"}}
                match: {person.id: "*"}
                miss: {person: "-"}
                complete: [title]
                confidence: {otherwise: 0.9}
                credits: {by-outcome: {matched: 1}, worst: 1}
                fields:
                  person: {id: person.id, title: person.headline}
            """;
    private static final String SECOND = FIRST.replace("person.headline", "person.role");

    @TempDir
    Path dir;

    private static String body(int i) {
        return i % 5 == 4
                ? "{}"
                : "{\"person\": {\"id\": \"p" + i + "\", \"headline\": \"Headline " + i + "\""
                        + (i % 5 == 3 ? "" : ", \"role\": \"Role " + i + "\"") + "}}";
    }

    @Test
    void theGoldenTablesFollowAFileThatChangedWithoutACall() throws IOException {
        Files.writeString(
                dir.resolve("people.csv"),
                IntStream.range(0, PEOPLE)
                        .mapToObj(i -> i + ",ada" + i + "@firm" + i + ".com")
                        .collect(Collectors.joining("\n", "id,email\n", "\n")));
        Path key = Files.writeString(dir.resolve("key"), "remap-night-key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        try (ProviderStub provider = new ProviderStub(request -> new ProviderStub.Reply(
                200, body(Integer.parseInt(request.query().replaceFirst("^.*ada(\\d+).*$", "$1")))))) {
            RunSummary night = nightly(settings(provider, FIRST));
            Assertions.assertEquals(PEOPLE, Math.round(night.count("calls")));
            provider.takeRequests();
            Settings changed = settings(provider, SECOND);
            Lake lake = new Wiring(changed).lake();
            Assertions.assertEquals(Optional.of("Headline 0"), title(lake, 0));
            List<Row> ofNobody = ofNobody(lake);
            Assertions.assertEquals(PEOPLE / 5, ofNobody.size());

            RunSummary merged = remap(changed, new RemapRequest(Set.of(), false, true));
            Assertions.assertEquals(0, Math.round(merged.count("golden_changed")), "no rule has changed");

            // As if it had died between history and the golden tables.
            ShippedCatalog files = new Wiring(changed).catalog();
            RemapStep.Result died =
                    new RemapStep(spark(), lake, files, 1).run("acme", false, (name, rows) -> rows.localCheckpoint());
            Assertions.assertEquals(PEOPLE, died.read());
            RecordStory between = explain(changed, lake, 0);
            Assertions.assertFalse(between.derives(), StoryText.of(between));

            RunSummary summary = remap(changed, new RemapRequest(Set.of(), false, false));
            Assertions.assertEquals("remap", summary.job());
            Assertions.assertEquals(0, Math.round(summary.count("remapped")), "that was done");
            Assertions.assertEquals(PEOPLE * 4 / 5, Math.round(summary.count("golden_changed")));
            Assertions.assertEquals(Optional.of("Role 0"), title(lake, 0));
            Assertions.assertEquals(Optional.empty(), title(lake, 3), "by the new file there is none");
            Assertions.assertEquals(ofNobody, ofNobody(lake), "whom nobody knew by either file");
            RecordStory after = explain(changed, lake, 0);
            Assertions.assertTrue(after.derives(), StoryText.of(after));

            RunSummary again = remap(changed, new RemapRequest(Set.of("acme"), false, false));
            Assertions.assertEquals(0, Math.round(again.count("remapped") + again.count("golden_changed")));
            RunSummary all = remap(changed, new RemapRequest(Set.of(), true, false));
            Assertions.assertEquals(PEOPLE, Math.round(all.count("remapped")));
            Assertions.assertEquals(0, Math.round(all.count("remap_changed") + all.count("golden_changed")));
            FIGURES.exactly("calls of four remaps", 0, provider.takeRequests().size());

            RunSummary next = nightly(changed);
            Assertions.assertEquals(0, Math.round(next.count("golden_changed")), "a night makes the same of it");
        }
    }

    @Test
    void aLongHistoryThatIsReadAgainIsWhatTheNewFileWouldHaveMadeOfIt() throws IOException {
        ReadAnswers second = new ReadAnswers(SECOND);
        Lake remapped = harvested("remapped", new ReadAnswers(FIRST));
        Lake fresh = harvested("fresh", second);
        RemapStep step = new RemapStep(spark(), remapped, second.catalog(), 64);
        long from = System.nanoTime();
        RemapStep.Result result = step.run("acme", false, this::stage);
        double seconds = (System.nanoTime() - from) / 1e9;
        Assertions.assertEquals(MANY, result.read());
        System.out.printf("%,.0f rows a second%n", MANY / seconds);
        Dataset<Row> now = remapped.history().read(spark());
        Dataset<Row> wanted = fresh.history().read(spark());
        FIGURES.exactly(
                "100,000 answers read again: rows that differ from a fresh mapping",
                0L,
                now.exceptAll(wanted).count() + wanted.exceptAll(now).count());
    }

    private Dataset<Row> stage(String name, Dataset<Row> rows) {
        String path = dir.resolve("stage").resolve(name).toString();
        rows.write().parquet(path);
        return spark().read().schema(rows.schema()).parquet(path);
    }

    private Lake harvested(String name, ReadAnswers provider) throws IOException {
        Lake lake =
                new Lake(table -> new TableRef(dir.resolve(name).resolve(table).toString()));
        lake.ensure(spark());
        HadoopJournalStore journal = new HadoopJournalStore(
                spark().sparkContext().hadoopConfiguration(),
                dir.resolve(name + "-journal").toString());
        provider.write(journal, "r1", MANY, i -> "ada" + i + "@firm" + i + ".com", RemapNightTest::body);
        new HarvestStep(spark(), lake, journal, 64).run(1, Instant.EPOCH);
        return lake;
    }

    private Optional<Object> title(Lake lake, int id) {
        return Optional.ofNullable(
                golden(lake).where("_crm_id = '" + id + "'").first().getAs("title"));
    }

    private List<Row> ofNobody(Lake lake) {
        return golden(lake)
                .where("cast(_crm_id as int) % 5 = 4")
                .select("_crm_id", "_content_hash", "_run_id")
                .orderBy("_crm_id")
                .collectAsList();
    }

    private Dataset<Row> golden(Lake lake) {
        return lake.golden(EntityKind.PERSON).read(spark());
    }

    private RecordStory explain(Settings settings, Lake lake, int id) {
        return new Explain(new SparkLookup(spark()), lake, settings.merge(), settings.waterfall(), 1, Instant.now())
                .of(new RecordId(EntityKind.PERSON, Optional.empty(), Optional.empty(), Integer.toString(id)));
    }

    private RunSummary nightly(Settings settings) throws IOException {
        return new Nightly(settings, spark(), Clock.systemUTC(), Progress.silent(), line -> {})
                .run(new RunOptions(Optional.of(TONIGHT), Interval.ALL));
    }

    private RunSummary remap(Settings settings, RemapRequest request) throws IOException {
        return new Remap(settings, spark(), Clock.systemUTC(), Progress.silent(), line -> {}, new StopRequest())
                .run(request, cut -> {});
    }

    private Settings settings(ProviderStub provider, String file) throws IOException {
        Path spec = Files.writeString(dir.resolve("acme.yaml"), file);
        return Settings.load(
                Path.of("../../conf"),
                List.of(
                        "lake={root: \"" + dir.resolve("lake") + "\"}",
                        "sources=[{name: people, crm: crm, object: contact, format: csv, path: \""
                                + dir.resolve("people.csv") + "\", allow-unchanged: true, mapping: {entity: person,"
                                + " record-id: id, fields: {email: email}}}]",
                        "providers={acme: {spec: \"" + spec + "\", keys: [\"file:" + dir.resolve("key")
                                + "\"], base-url: \"" + provider.url() + "\"}}",
                        "waterfall={person: [acme]}",
                        "limits={buckets: 1}",
                        "budget={}"));
    }
}
