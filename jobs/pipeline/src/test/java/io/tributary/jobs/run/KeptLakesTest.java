package io.tributary.jobs.run;

import io.tributary.jobs.SparkTest;
import io.tributary.jobs.StopRequest;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.explain.Explain;
import io.tributary.jobs.explain.RecordId;
import io.tributary.jobs.explain.RecordStory;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.table.KernelLookup;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.LakeTable;
import io.tributary.jobs.table.NewerLakeException;
import io.tributary.model.EntityKind;
import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
import io.tributary.settings.Settings;
import io.tributary.wanted.WantedFields;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lakes of earlier releases: {@code src/test/resources/lakes/VERSION.zip}, one for each release, made by it and never again. With
 * {@code -Dtributary.update=true} the lake of the version under way is made anew: two nights over people who do not exist.
 */
class KeptLakesTest extends SparkTest {
    private static final Path LAKES = Path.of("src/test/resources/lakes");
    private static final String PRESENT = "0.1.0";
    private static final Instant FIRST = Instant.parse("2026-08-20T02:00:00Z");
    private static final Instant SECOND = FIRST.plus(Duration.ofDays(1));

    /** What every kept lake has rows in. */
    private static final Set<String> FILLED = Set.of(
            "contacts", "accounts", "history", "identities", "work", "runs", "rejects", "extracts", "answer_fields");

    @TempDir
    Path dir;

    @Test
    void aLakeOfEachReleaseIsReadPlannedExplainedAndBroughtUpToDate() throws IOException {
        if (Boolean.getBoolean("tributary.update")) {
            make(dir.resolve("new"), LAKES.resolve(PRESENT + ".zip"));
        }
        List<Path> kept;
        try (Stream<Path> files = Files.list(LAKES)) {
            kept = files.filter(file -> file.toString().endsWith(".zip"))
                    .sorted()
                    .toList();
        }
        Assertions.assertTrue(kept.contains(LAKES.resolve(PRESENT + ".zip")), kept.toString());
        for (Path zip : kept) {
            Path home = unpacked(zip);
            Settings settings = settings(home, "http://127.0.0.1:9");
            Lake lake = new Wiring(settings).lake();
            Map<String, Long> before = rows(lake);
            Assertions.assertEquals(Set.of(), missing(before), zip.toString());
            // As a lake from before tables had a version.
            spark().sql("ALTER TABLE " + lake.golden(EntityKind.PERSON).ref().sql()
                    + " UNSET TBLPROPERTIES IF EXISTS ('tributary.schema')");

            PlanReport plan = nightly(settings).plan(options(SECOND.plus(Duration.ofDays(1))));
            Assertions.assertTrue(
                    Set.of("CACHE_HIT", "NEGATIVE_HIT")
                            .containsAll(plan.decisions().keySet()),
                    zip + ": " + plan.decisions());
            Assertions.assertEquals(
                    8L,
                    plan.decisions().values().stream()
                            .mapToLong(Long::longValue)
                            .sum(),
                    zip.toString());
            for (LakeTable table : lake.all().values()) {
                List<String> columns = List.of(table.read(spark()).columns());
                Assertions.assertTrue(
                        columns.containsAll(Arrays.asList(table.schema().fieldNames())),
                        table.ref().text());
                if (table != lake.answerFields()) {
                    Assertions.assertEquals(
                            List.of(current()), version(table), table.ref().text());
                }
            }
            Row golden = lake.golden(EntityKind.PERSON)
                    .read(spark())
                    .where("enrichment_status in ('enriched', 'partial')")
                    .orderBy("_crm_id")
                    .first();
            RecordStory story = story(settings, lake, golden.getAs("_crm_id"));
            Assertions.assertTrue(story.derives(), story.toString());
            Assertions.assertFalse(story.enriched().isEmpty());
            Assertions.assertEquals(1, story.credits());
        }
    }

    @Test
    void aLakeOnWhichANewerVersionWorkedIsLeftAsItIs() throws IOException {
        Path home = unpacked(LAKES.resolve(PRESENT + ".zip"));
        Settings settings = settings(home, "http://127.0.0.1:9");
        Lake lake = new Wiring(settings).lake();
        for (LakeTable table : List.of(lake.history(), lake.runs())) {
            spark().sql("ALTER TABLE " + table.ref().sql() + " SET TBLPROPERTIES ('tributary.schema' = '99')");
            List<String> files = files(home);
            NewerLakeException refused = Assertions.assertThrows(
                    NewerLakeException.class, () -> nightly(settings).run(options(SECOND.plus(Duration.ofDays(40)))));
            for (String said : List.of(table.ref().text(), "99", "above " + current())) {
                Assertions.assertTrue(refused.getMessage().contains(said), refused.getMessage());
            }
            List<String> written = new ArrayList<>(files(home));
            written.removeAll(files);
            if (table == lake.runs()) {
                Assertions.assertEquals(List.of(), written, "not even who is at work");
            } else {
                Assertions.assertTrue(
                        written.stream().allMatch(file -> file.contains("/_tributary")), written.toString());
            }
        }
    }

    /** A second provider would be asked about whom the first did not find; and for a field, about whose answers lack it. */
    @Test
    @Tag("long")
    void aBackfillOfAKeptLakeAsksForNamedFieldsWhereTheyAreLacking() throws IOException {
        Settings settings =
                settings(unpacked(LAKES.resolve(PRESENT + ".zip")), "http://127.0.0.1:9", "[example, hunter]");
        Lake lake = new Wiring(settings).lake();
        long unknown = asked(settings, Set.of());
        long lackedByAll = 0;
        for (String field : List.of("title", "phone")) {
            long lacking = lake.history()
                    .read(spark())
                    .where(
                            "entity = 'person' and outcome in ('MATCHED', 'PARTIAL') and not array_contains(present, 'person."
                                    + field + "')")
                    .select("lookup_key")
                    .distinct()
                    .count();
            Assertions.assertEquals(unknown + lacking, asked(settings, Set.of(field)), field);
            lackedByAll += lacking;
        }
        Assertions.assertTrue(lackedByAll > 0, "every answer has every field");
    }

    /** How many people a backfill would ask about. */
    private long asked(Settings settings, Set<String> fields) throws IOException {
        BackfillTerms terms = new BackfillTerms(
                Set.of(),
                WantedFields.named(fields, Set.of(EntityKind.PERSON), settings.wanted()),
                OptionalDouble.empty(),
                false);
        Clock then = Clock.fixed(SECOND.plus(Duration.ofDays(1)), ZoneOffset.UTC);
        return new Backfill(settings, spark(), then, Progress.silent(), line -> {}, new StopRequest())
                .plan(new BackfillRequest(
                        Optional.empty(), Optional.empty(), Set.of(EntityKind.PERSON), terms, BackfillRequest.CHUNK))
                .report()
                .decisions()
                .getOrDefault("WORK", 0L);
    }

    private RecordStory story(Settings settings, Lake lake, String id) {
        return new Explain(
                        new KernelLookup(new org.apache.hadoop.conf.Configuration()),
                        lake,
                        settings.merge(),
                        settings.waterfall(),
                        settings.limits().buckets(),
                        SECOND)
                .of(new RecordId(EntityKind.PERSON, Optional.empty(), Optional.empty(), id));
    }

    private Map<String, Long> rows(Lake lake) {
        Map<String, Long> rows = new TreeMap<>();
        lake.all().forEach((name, table) -> rows.put(name, table.read(spark()).count()));
        return rows;
    }

    private static Set<String> missing(Map<String, Long> rows) {
        return FILLED.stream().filter(name -> rows.get(name) == 0).collect(Collectors.toSet());
    }

    private static String current() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("src/test/resources/expected/lake-schema.txt"))) {
            return lines.findFirst().orElseThrow().replace("schema version ", "");
        }
    }

    private List<String> version(LakeTable table) {
        return spark()
                .sql("SHOW TBLPROPERTIES " + table.ref().sql())
                .where("key = 'tributary.schema'")
                .collectAsList()
                .stream()
                .map(row -> row.getString(1))
                .toList();
    }

    private static List<String> files(Path home) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.map(Path::toString).sorted().toList();
        }
    }

    /** Two nights: of the second's people one has another title, one is new and one can't be read. */
    private void make(Path home, Path zip) throws IOException {
        Files.createDirectories(home);
        try (SandboxServer sandbox = SandboxServer.start(SandboxOptions.builder()
                .quotasOff()
                .matchRate(0.7)
                .pending(0, Duration.ZERO)
                .build())) {
            Settings settings = settings(home, sandbox.baseUrl());
            extracts(home, 5, "Engineer");
            nightly(settings).run(options(FIRST));
            extracts(home, 6, "Director");
            nightly(settings).run(options(SECOND));
        }
        Files.createDirectories(zip.getParent());
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream packed = new ZipOutputStream(out)) {
            packed.setLevel(9);
            for (String name : files(home)) {
                Path file = Path.of(name);
                if (Files.isRegularFile(file) && !name.matches(".*(\\.crc|/lock/.*|/key)")) {
                    ZipEntry entry = new ZipEntry(home.relativize(file).toString());
                    entry.setTime(FIRST.toEpochMilli());
                    packed.putNextEntry(entry);
                    Files.copy(file, packed);
                    packed.closeEntry();
                }
            }
        }
    }

    private static void extracts(Path home, int people, String title) throws IOException {
        StringBuilder text = new StringBuilder("id,name,email,title\n");
        for (int i = 0; i < people; i++) {
            text.append(i + ",Ada Example" + i + ",ada.example" + i + "@firm" + i + ".com,"
                    + (i == 1 ? title : i == 2 ? "Clerk" : "") + "\n");
        }
        Files.writeString(home.resolve("people.csv"), text + "nobody,,,\n");
        Files.writeString(home.resolve("firms.csv"), "id,name,domain\n0,Firm 0,firm0.com\n1,Firm 1,firm1.com\n");
    }

    private Path unpacked(Path zip) throws IOException {
        Path home = dir.resolve(zip.getFileName().toString());
        try (ZipFile packed = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : packed.stream().toList()) {
                Path file = home.resolve(entry.getName()).normalize();
                Assertions.assertTrue(file.startsWith(home), entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(packed.getInputStream(entry), file);
            }
        }
        return home;
    }

    private Nightly nightly(Settings settings) {
        return new Nightly(settings, spark(), Clock.systemUTC(), Progress.silent(), line -> {});
    }

    private static RunOptions options(Instant asOf) {
        return new RunOptions(Optional.of(asOf), Interval.ALL);
    }

    private static Settings settings(Path home, String provider) throws IOException {
        return settings(home, provider, "[example]");
    }

    private static Settings settings(Path home, String provider, String people) throws IOException {
        Path key = home.resolve("key");
        if (Files.notExists(key)) {
            Files.copy(Path.of("../../conf/demo/keys/example"), key);
        }
        return Settings.load(
                Path.of("../../conf"),
                List.of(
                        "lake={root: \"" + home.resolve("lake") + "\"}",
                        "sources=["
                                + source(
                                        home,
                                        "people",
                                        "contact",
                                        "fields: {name.full: name, email: email, title: title}")
                                + ", " + source(home, "firms", "account", "fields: {name: name, domain: domain}") + "]",
                        "providers={" + provider("example", key, provider)
                                + (people.contains("hunter") ? ", " + provider("hunter", key, provider) : "") + "}",
                        "waterfall={person: " + people + ", company: [example]}",
                        "limits={buckets: 1}",
                        "budget={}"));
    }

    private static String provider(String name, Path key, String url) {
        return name + ": {keys: [\"file:" + key + "\"], base-url: \"" + url + "/" + name + "\", max-in-flight: 4}";
    }

    private static String source(Path home, String name, String object, String fields) {
        return "{name: " + name + ", crm: crm, object: " + object + ", format: csv, path: \"" + home.resolve(name)
                + ".csv\", allow-unchanged: true, max-rejects: 50%, mapping: {entity: "
                + (object.equals("contact") ? "person" : "company") + ", record-id: id, " + fields + "}}";
    }
}
