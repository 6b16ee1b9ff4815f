package io.tributary.jobs.run;

import io.tributary.jobs.SparkTest;
import io.tributary.jobs.StopRequest;
import io.tributary.jobs.StoppedException;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.report.RunSummary;
import io.tributary.model.EntityKind;
import io.tributary.sandbox.Latency;
import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
import io.tributary.settings.Settings;
import io.tributary.wanted.WantedFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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

/** Runs of several kinds on one lake, one after the other and at once; the sandbox's books are the judge. */
class SharedLakeTest extends SparkTest {
    private static final int PEOPLE = 120;

    @TempDir
    Path dir;

    private SandboxServer sandbox;

    @BeforeEach
    void people() throws IOException {
        Files.writeString(
                dir.resolve("people.csv"),
                IntStream.range(0, PEOPLE)
                        .mapToObj(i -> i + ",Ada,ada" + i + "@firm" + i + ".com," + i)
                        .collect(Collectors.joining("\n", "id,name,email,worth\n", "\n")));
    }

    @Tag("long")
    @Test
    void aBackfillAsksForWhatWasSelectedAndApprovedWithinItsCredits() throws IOException {
        try (SandboxServer fast = sandbox(Duration.ZERO)) {
            sandbox = fast;
            night(settings("{max-credits-per-run: 0}"), new StopRequest());
            Assertions.assertEquals(0, billed());
            Settings settings = settings("{}");
            Dataset<Row> others = golden(settings).where("cast(_crm_id as int) < 90");
            List<Row> before = hashes(others);
            BackfillRequest request = request("cast(_crm_id as int) >= 90", 10);
            Backfill.Plan plan = backfill(settings).plan(request);
            Assertions.assertEquals(
                    30L,
                    plan.report().decisions().values().stream()
                            .mapToLong(n -> n)
                            .sum());

            StoppedException changed = Assertions.assertThrows(StoppedException.class, () -> backfill(settings)
                    .run(request("cast(_crm_id as int) >= 80", 10), Optional.of(plan.id()), cut -> {}));
            Assertions.assertTrue(changed.getMessage().contains(plan.id()), changed.getMessage());
            Assertions.assertEquals(0, billed());

            RunSummary first = backfill(settings).run(request, Optional.of(plan.id()), cut -> {});
            Assertions.assertEquals("backfill", first.job());
            Assertions.assertEquals(10, billed());
            Assertions.assertEquals(20, Math.round(first.count("deferred")));
            Assertions.assertEquals(before, hashes(others), "nobody else's row is touched");

            backfill(settings).run(request("cast(_crm_id as int) >= 90", 500), Optional.empty(), cut -> {});
            Assertions.assertEquals(30, billed());
            Assertions.assertEquals(0, repeats());
            Assertions.assertEquals(
                    30,
                    golden(settings)
                            .where("enrichment_status in ('enriched', 'partial')")
                            .count());
            StoppedException unknown = Assertions.assertThrows(
                    StoppedException.class, () -> backfill(settings).plan(request("no_such_column > 1", 10)));
            Assertions.assertTrue(unknown.getMessage().contains("no_such_column"), unknown.getMessage());
        }
    }

    /** Three chunks of 20: it is asked to stop when the third is begun, and gone on with. */
    @Tag("long")
    @Test
    void aBackfillGoesChunkByChunkAndIsGoneOnWithWhereItStopped() throws IOException {
        try (SandboxServer fast = sandbox(Duration.ZERO)) {
            sandbox = fast;
            night(settings("{max-credits-per-run: 0}"), new StopRequest());
            Settings settings = settings("{}");
            StopRequest stop = new StopRequest();
            List<String> said = new ArrayList<>();
            RunSummary stopped = new Backfill(
                            settings,
                            spark(),
                            Clock.systemUTC(),
                            Progress.silent(),
                            line -> {
                                said.add(line);
                                if (line.startsWith("chunk 3 of 3: 40 of 60 keys done")) {
                                    stop.make();
                                }
                            },
                            stop)
                    .run(
                            request("cast(_crm_id as int) >= 60", OptionalDouble.empty(), 20),
                            Optional.empty(),
                            cut -> {});
            Assertions.assertTrue(stop.isMade(), said.toString());
            Assertions.assertEquals(RunSummary.Status.DEFERRED, stopped.status());
            Assertions.assertEquals(40, Math.round(stopped.count("answers")));
            Assertions.assertEquals(20, Math.round(stopped.count("deferred")));
            Assertions.assertEquals(40, billed());
            Assertions.assertEquals(40, enriched(settings), "what is done is in the tables");

            RunSummary rest = backfill(settings).resume(cut -> {}).orElseThrow();
            Assertions.assertEquals("backfill", rest.job());
            Assertions.assertEquals(RunSummary.Status.DONE, rest.status());
            Assertions.assertEquals(60, billed());
            Assertions.assertEquals(0, repeats());
            Assertions.assertEquals(60, enriched(settings));
            Assertions.assertEquals(Optional.empty(), backfill(settings).resume(cut -> {}));
            Assertions.assertEquals(
                    PEOPLE - 60, golden(settings).where("enriched_at is null").count());
        }
    }

    @Tag("long")
    @Test
    void theCreditsOfABackfillHoldForAllItsChunksAndForWhoeverGoesOnWithIt() throws IOException {
        try (SandboxServer fast = sandbox(Duration.ZERO)) {
            sandbox = fast;
            night(settings("{max-credits-per-run: 0}"), new StopRequest());
            Settings daily = settings("{max-credits-per-day: 30}");
            RunSummary first =
                    backfill(daily).run(request("true", OptionalDouble.of(45), 20), Optional.empty(), cut -> {});
            Assertions.assertEquals(30, billed());
            Assertions.assertEquals(PEOPLE - 30, Math.round(first.count("deferred")));

            RunSummary second = backfill(settings("{}")).resume(cut -> {}).orElseThrow();
            Assertions.assertEquals(45, billed());
            Assertions.assertEquals(0, repeats());
            Assertions.assertEquals(45, enriched(daily));
            Assertions.assertEquals(RunSummary.Status.DEFERRED, second.status());
            Assertions.assertEquals(Optional.empty(), backfill(settings("{}")).resume(cut -> {}), "all of it is spent");
            Assertions.assertEquals(45, billed());
        }
    }

    /** Chunks of 20, and credits for 45: when the first is done, another process asks for the second, and both go on. */
    @Tag("long")
    @Test
    void twoProcessesThatGoOnWithOneBackfillSpendItsCreditsOnce() throws IOException {
        try (SandboxServer fast = sandbox(Duration.ZERO)) {
            sandbox = fast;
            night(settings("{max-credits-per-run: 0}"), new StopRequest());
            Settings settings = settings("{}");
            List<RunSummary> others = new ArrayList<>();
            saying(settings, "chunk 2 of 6", new StopRequest(), () -> {
                        StopRequest stop = new StopRequest();
                        others.add(saying(settings, "chunk 3 of 6", stop, stop::make)
                                .resume(cut -> {})
                                .orElseThrow());
                    })
                    .run(request("true", OptionalDouble.of(45), 20), Optional.empty(), cut -> {});
            Assertions.assertEquals(20, Math.round(others.get(0).count("answers")));
            Assertions.assertEquals(45, billed());
            Assertions.assertEquals(0, repeats());
            Assertions.assertEquals(45, enriched(settings));
        }
    }

    private interface Meanwhile {
        void happens() throws IOException;
    }

    /** A backfill during which something happens when it says that it begins a chunk. */
    private Backfill saying(Settings settings, String chunk, StopRequest stop, Meanwhile then) {
        return new Backfill(
                settings,
                spark(),
                Clock.systemUTC(),
                Progress.silent(),
                line -> {
                    if (line.startsWith(chunk)) {
                        try {
                            then.happens();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }
                },
                stop);
    }

    private long enriched(Settings settings) {
        return golden(settings)
                .where("enrichment_status in ('enriched', 'partial')")
                .count();
    }

    @Test
    @Tag("long")
    void twoRunsAtOnceNeverAskTheSameKey() throws Exception {
        try (SandboxServer slow = sandbox(Duration.ofMillis(400))) {
            sandbox = slow;
            Settings settings = settings("{max-credits-per-day: 1000}");
            night(settings("{max-credits-per-run: 0}"), new StopRequest());
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                Future<RunSummary> night = thread.submit(() -> night(settings, new StopRequest()));
                awaitCalls(1, night);
                RunSummary beside =
                        backfill(settings).run(request("cast(_crm_id as int) >= 60", 500), Optional.empty(), cut -> {});
                RunSummary whole = night.get();
                Assertions.assertEquals(0, repeats());
                Assertions.assertEquals(PEOPLE, billed());
                Assertions.assertEquals(PEOPLE, Math.round(whole.count("work")));
                Assertions.assertEquals(60, Math.round(beside.count("deferred")));
            } finally {
                thread.shutdownNow();
            }
            Assertions.assertEquals(
                    PEOPLE,
                    golden(settings)
                            .where("enrichment_status in ('enriched', 'partial')")
                            .count());
        }
    }

    @Tag("long")
    @Test
    void resumeGoesOnWithTheWorkListOfTheLastRunAndWhatThatSpentCounts() throws IOException {
        try (SandboxServer fast = sandbox(Duration.ZERO)) {
            sandbox = fast;
            night(settings("{max-credits-per-run: 40}"), new StopRequest());
            Assertions.assertEquals(40, billed());
            RunSummary resumed = backfill(settings("{max-credits-per-run: 100}"))
                    .resume(cut -> {})
                    .orElseThrow();
            Assertions.assertEquals("resume", resumed.job());
            Assertions.assertEquals(100, billed());
            Settings settings = settings("{}");
            backfill(settings).resume(cut -> {}).orElseThrow();
            Assertions.assertEquals(PEOPLE, billed());
            Assertions.assertEquals(0, repeats());
            Assertions.assertEquals(
                    PEOPLE,
                    golden(settings)
                            .where("enrichment_status in ('enriched', 'partial')")
                            .count());
            Assertions.assertEquals(Optional.empty(), backfill(settings).resume(cut -> {}));
        }
    }

    private void awaitCalls(int calls, Future<?> night) {
        while (sandbox.ledger().counts("example").calls() < calls && !night.isDone()) {
            LockSupport.parkNanos(2_000_000);
        }
    }

    private long billed() {
        return Math.round(sandbox.ledger().counts("example").billedCredits());
    }

    private long repeats() {
        return sandbox.ledger().counts("example").repeats();
    }

    private static SandboxServer sandbox(Duration latency) {
        return SandboxServer.start(SandboxOptions.builder()
                .quotasOff()
                .matchRate(1)
                .pending(0, Duration.ZERO)
                .latency(Latency.fixed(latency))
                .build());
    }

    private static BackfillRequest request(String where, double credits) {
        return new BackfillRequest(
                Optional.of(where), Optional.empty(), Set.of(EntityKind.PERSON), Set.of(), OptionalDouble.of(credits));
    }

    private static BackfillRequest request(String where, OptionalDouble credits, int chunk) {
        return new BackfillRequest(
                Optional.of(where),
                Optional.empty(),
                Set.of(EntityKind.PERSON),
                new BackfillTerms(Set.of(), WantedFields.NOTHING, credits, false),
                chunk);
    }

    private Dataset<Row> golden(Settings settings) {
        return new Wiring(settings).lake().golden(EntityKind.PERSON).read(spark());
    }

    private static List<Row> hashes(Dataset<Row> rows) {
        return rows.select("_crm_id", "_content_hash", "_run_id")
                .orderBy("_crm_id")
                .collectAsList();
    }

    private RunSummary night(Settings settings, StopRequest stop) throws IOException {
        return new Nightly(settings, spark(), Clock.systemUTC(), Progress.silent(), line -> {}, stop)
                .run(new RunOptions(Optional.empty(), Interval.ALL));
    }

    private Backfill backfill(Settings settings) {
        return new Backfill(settings, spark(), Clock.systemUTC(), Progress.silent(), line -> {}, new StopRequest());
    }

    private Settings settings(String budget) throws IOException {
        Path key = dir.resolve("example.key");
        if (Files.notExists(key)) {
            Files.copy(Path.of("../../conf/demo/keys/example"), key);
        }
        return Settings.load(
                Path.of("../../conf"),
                List.of(
                        "lake={root: \"" + dir.resolve("lake") + "\"}",
                        "sources=[{name: people, crm: crm, object: contact, format: csv, path: \""
                                + dir.resolve("people.csv") + "\", allow-unchanged: true, mapping: {entity: person,"
                                + " record-id: id, fields: {name.full: name, email: email}}}]",
                        "providers={example: {keys: [\"file:" + key + "\"], base-url: \"" + sandbox.baseUrl()
                                + "/example\", max-in-flight: 4}}",
                        "waterfall={person: [example]}",
                        "limits={buckets: 2}",
                        "budget=" + budget));
    }
}
