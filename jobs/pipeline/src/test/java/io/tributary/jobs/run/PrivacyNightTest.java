package io.tributary.jobs.run;

import io.tributary.jobs.SparkTest;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.privacy.Erasure.Certificate;
import io.tributary.jobs.privacy.LakeSearch;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.table.Lake;
import io.tributary.model.EntityKind;
import io.tributary.privacy.Identifier;
import io.tributary.sandbox.Latency;
import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Suppressing, erasing and tidying up between nights and beside them; the sandbox's books are the judge. */
@Tag("long")
class PrivacyNightTest extends SparkTest {
    private static final int PEOPLE = 40;

    @TempDir
    Path dir;

    private SandboxServer sandbox;

    @BeforeEach
    void people() throws IOException {
        Files.writeString(
                dir.resolve("people.csv"),
                IntStream.range(0, PEOPLE)
                        .mapToObj(i -> "00Q" + i + "Adas,Ada,ada" + i + "@firm" + i + ".com")
                        .collect(Collectors.joining("\n", "id,name,email\n", "\n")));
    }

    @Test
    void whoIsSuppressedIsNotAskedAboutAndWhoIsErasedDoesNotComeBack() throws IOException {
        try (SandboxServer fast = sandbox(Duration.ZERO)) {
            sandbox = fast;
            Settings settings = settings("{}");
            suppress(settings).add(named("ada0@firm0.com", "firm1.com", "ada2@firm2.com"), "request");
            suppress(settings).remove(named("ada2@firm2.com"));
            Assertions.assertEquals(Map.of("request", 2L), suppress(settings).counts());
            night(settings);
            Assertions.assertEquals(PEOPLE - 2, billed());

            Lake lake = new Wiring(settings).lake();
            List<String> words = List.of("ada5@firm5.com", "00Q5Adas");
            LakeSearch search = new LakeSearch(dir.resolve("lake"));
            search.find(words).forEach((word, places) -> Assertions.assertFalse(places.isEmpty(), word));
            List<String> others = others(lake);

            List<Certificate> certificates = erase(settings).run(named("ada5@firm5.com"), false);

            Assertions.assertEquals(1, certificates.size());
            Assertions.assertEquals(1, certificates.get(0).removed().get("contacts"));
            search.find(words).forEach((word, places) -> Assertions.assertEquals(Set.of(), places, word));
            Assertions.assertEquals(others, others(lake));

            RunSummary after = night(settings);

            Assertions.assertEquals(PEOPLE - 2, billed(), "nobody is asked about again");
            Assertions.assertTrue(
                    after.notes().stream().anyMatch(note -> note.startsWith("1 record of people who were erased")),
                    after.notes().toString());
            search.find(words).forEach((word, places) -> Assertions.assertEquals(Set.of(), places, word));
            Assertions.assertEquals(others, others(lake));
            Assertions.assertEquals(List.of(), erase(settings).run(List.of(), false), "nothing is unfinished");
        }
    }

    @Test
    void tidyingUpBesideANightLeavesBothAndTheVersionsOfTheTimeTravel() throws Exception {
        try (SandboxServer slow = sandbox(Duration.ofMillis(400))) {
            sandbox = slow;
            Settings settings = settings("{}");
            night(settings("{max-credits-per-run: 0}"));
            Lake lake = new Wiring(settings).lake();
            long version = lake.golden(EntityKind.PERSON)
                    .delta(spark())
                    .history(1)
                    .first()
                    .<Long>getAs("version");
            List<String> then = at(lake, version);
            Assertions.assertEquals(PEOPLE, then.size());
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                Future<RunSummary> night = thread.submit(() -> night(settings));
                while (sandbox.ledger().counts("example").calls() < 1 && !night.isDone()) {
                    LockSupport.parkNanos(2_000_000);
                }
                Assertions.assertFalse(night.isDone(), "the night is at work meanwhile");
                Maintain.Result result = maintain(settings, Clock.systemUTC()).run(false);
                Set<String> tables = new LinkedHashSet<>(lake.all().keySet());
                if (!result.tables().containsKey("answer_fields")) {
                    // The first answers make it, when they are harvested.
                    tables.remove("answer_fields");
                }
                Assertions.assertEquals(tables, result.tables().keySet());
                Assertions.assertEquals("done", night.get().status().id());
            } finally {
                thread.shutdownNow();
            }
            maintain(settings, Clock.systemUTC()).run(true);
            Assertions.assertEquals(PEOPLE, billed());
            Assertions.assertEquals(
                    PEOPLE,
                    lake.golden(EntityKind.PERSON)
                            .read(spark())
                            .where("enrichment_status in ('enriched', 'partial')")
                            .count());
            Assertions.assertEquals(then, at(lake, version));
        }
    }

    @Test
    void whatIsTooOldGoesAndWhatIsNeededStays() throws IOException {
        try (SandboxServer fast = sandbox(Duration.ZERO)) {
            sandbox = fast;
            Settings settings = settings("{}", "retention={journals: 30d, work: 30d, raw-bodies: 30d}");
            RunSummary first = night(settings);
            RunSummary second = night(settings);
            HadoopJournalStore journal = new HadoopJournalStore(
                    spark().sparkContext().hadoopConfiguration(),
                    settings.journal().path());
            Assertions.assertEquals(List.of(first.runId()), journal.unharvestedRuns(), "the second asked nobody");
            Lake lake = new Wiring(settings).lake();
            List<String> golden = others(lake);
            Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(40));

            Maintain.Result held = maintain(settings, later).run(false);

            Assertions.assertEquals(0, held.journals(), "it may still grow");
            Assertions.assertEquals(
                    0, held.workLists(), "the first is not harvested for good, the second planned nothing");
            Assertions.assertEquals(PEOPLE, held.rawBodies());
            Assertions.assertEquals(
                    0, lake.history().read(spark()).where("raw_body <> ''").count());
            journal.markHarvested(first.runId());
            Maintain.Result result = maintain(settings, later).run(false);
            Assertions.assertEquals(1, result.journals());
            Assertions.assertEquals(1, result.workLists());
            Assertions.assertEquals(0, result.rawBodies());
            Assertions.assertEquals(List.of(), journal.list(first.runId()));
            Assertions.assertEquals("done", second.status().id());
            Assertions.assertEquals(golden, others(lake));
        }
    }

    private List<String> at(Lake lake, long version) {
        return spark()
                .read()
                .format("delta")
                .option("versionAsOf", version)
                .load(lake.golden(EntityKind.PERSON).ref().text())
                .toJSON()
                .collectAsList()
                .stream()
                .sorted()
                .toList();
    }

    /** What everybody else's golden rows and answers say. */
    private List<String> others(Lake lake) {
        Dataset<Row> golden = lake.golden(EntityKind.PERSON).read(spark()).where("_crm_id <> '00Q5Adas'");
        Dataset<Row> answers = lake.history()
                .read(spark())
                .where("lookup_key not in ('email:ada5@firm5.com', 'email:forgotten')")
                .drop("raw_body");
        return List.of(golden, answers).stream()
                .flatMap(rows -> rows.toJSON().collectAsList().stream())
                .sorted()
                .toList();
    }

    private long billed() {
        return Math.round(sandbox.ledger().counts("example").billedCredits());
    }

    private static List<Identifier> named(String... lines) {
        return List.of(lines).stream().map(Identifier::parse).toList();
    }

    private RunSummary night(Settings settings) throws IOException {
        return new Nightly(settings, spark(), Clock.systemUTC(), Progress.silent(), line -> {})
                .run(new RunOptions(Optional.empty(), Interval.ALL));
    }

    private Suppress suppress(Settings settings) {
        return new Suppress(settings, spark(), Clock.systemUTC(), line -> {});
    }

    private Erase erase(Settings settings) {
        return new Erase(settings, spark(), Clock.systemUTC(), line -> {});
    }

    private Maintain maintain(Settings settings, Clock clock) {
        return new Maintain(settings, spark(), clock, line -> {}, new io.tributary.jobs.StopRequest());
    }

    private static SandboxServer sandbox(Duration latency) {
        return SandboxServer.start(SandboxOptions.builder()
                .quotasOff()
                .matchRate(1)
                .pending(0, Duration.ZERO)
                .latency(Latency.fixed(latency))
                .build());
    }

    private Settings settings(String budget, String... more) throws IOException {
        Path key = dir.resolve("example.key");
        if (Files.notExists(key)) {
            Files.copy(Path.of("../../conf/demo/keys/example"), key);
        }
        List<String> all = new java.util.ArrayList<>(List.of(
                "lake={root: \"" + dir.resolve("lake") + "\"}",
                "sources=[{name: people, crm: crm, object: contact, format: csv, path: \"" + dir.resolve("people.csv")
                        + "\", allow-unchanged: true, mapping: {entity: person, record-id: id,"
                        + " fields: {name.full: name, email: email}}}]",
                "providers={example: {keys: [\"file:" + key + "\"], base-url: \"" + sandbox.baseUrl()
                        + "/example\", max-in-flight: 1}}",
                "waterfall={person: [example]}",
                "limits={buckets: 2}",
                "budget=" + budget));
        all.addAll(List.of(more));
        return Settings.load(Path.of("../../conf"), all);
    }
}
