package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.jobs.EmptyLake;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.StoppedException;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.harvest.HarvestStep;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.table.Lake;
import io.tributary.journal.Entry;
import io.tributary.journal.FlushPolicy;
import io.tributary.journal.JournalWriter;
import io.tributary.journal.SegmentPath;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import io.tributary.settings.Prices;
import io.tributary.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every run has its row in {@code runs}, however it ended. */
class RunsRowTest extends SparkTest {
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");

    @TempDir
    Path dir;

    private Settings settings() throws Exception {
        Files.writeString(dir.resolve("hunter.key"), "key-of-a-stub");
        return Settings.load(
                Path.of("../../conf"),
                List.of(
                        "lake={root: \"" + dir.resolve("lake") + "\"}",
                        "sources=[{name: people, crm: crm, object: contact, format: csv, path: \""
                                + dir.resolve("people.csv") + "\", mapping: {entity: person, record-id: id,"
                                + " fields: {name.full: name, email: email}}}]",
                        "providers={hunter: {keys: [\"file:" + dir.resolve("hunter.key")
                                + "\"], base-url: \"http://127.0.0.1:9\"}}",
                        "limits={buckets: 2}",
                        "budget={}"));
    }

    private Nightly night(Settings settings, Progress progress) {
        return new Nightly(settings, spark(), Clock.systemUTC(), progress, line -> {});
    }

    private Row onlyRow(Settings settings) {
        List<Row> rows = spark().read()
                .format("delta")
                .load(settings.lake().table("runs"))
                .collectAsList();
        assertEquals(1, rows.size());
        return rows.get(0);
    }

    @Test
    void aRunThatRefusesToGoOnSaysWhy() throws Exception {
        Settings settings = settings();
        List<RunSummary> shown = new ArrayList<>();

        StoppedException refusal = assertThrows(StoppedException.class, () -> night(settings, Progress.silent())
                .run(new RunOptions(Optional.of(TONIGHT), Interval.ALL), shown::add));

        Row row = onlyRow(settings);
        assertEquals("stopped", row.getAs("status"));
        assertEquals(List.of("stopped: " + refusal.getMessage()), shown.get(0).notes());
        assertEquals(shown.get(0).toJson(), row.getAs("summary"));
    }

    @Test
    void aRunThatBreaksNamesItsStepAndNobody() throws Exception {
        Settings settings = settings();
        Files.writeString(dir.resolve("people.csv"), "id,name,email\n1,Ada,ada@engines.co.uk\n");
        List<RunSummary> shown = new ArrayList<>();
        Progress breaks = (step, total, done) -> {
            throw new IllegalStateException("no line for ada@engines.co.uk");
        };

        assertThrows(IllegalStateException.class, () -> night(settings, breaks)
                .run(new RunOptions(Optional.of(TONIGHT), Interval.ALL), shown::add));

        Row row = onlyRow(settings);
        assertEquals("failed", row.getAs("status"));
        assertEquals(1L, row.<Long>getAs("rows_read"));
        String summary = row.getAs("summary");
        Assertions.assertTrue(summary.contains("failed in step call: java.lang.IllegalStateException"), summary);
        assertFalse(summary.contains("ada"), summary);
        assertEquals(shown.get(0).toJson(), summary);
    }

    private static final String DEAD = "20260820-020000-abcdef";

    /** With one answer of a run that died. */
    private HadoopJournalStore journal() throws Exception {
        HadoopJournalStore journal = new HadoopJournalStore(
                new Configuration(), dir.resolve("journal").toString());
        LookupKey key = LookupKey.parse("email:ada@engines.co.uk");
        try (JournalWriter writer =
                new JournalWriter(journal, new SegmentPath(DEAD, key.bucket(4), 1, 0), FlushPolicy.DEFAULT)) {
            writer.append(
                    new Entry(
                            "e",
                            key.text(),
                            "acme",
                            "person",
                            0,
                            "i",
                            Outcome.MATCHED,
                            "",
                            200,
                            2.5,
                            0.9,
                            1,
                            1,
                            true,
                            TONIGHT.toEpochMilli(),
                            5,
                            "",
                            "v1",
                            List.of(),
                            "{}",
                            "{}"),
                    0);
        }
        return journal;
    }

    private DeadRuns deadRuns(Lake lake) {
        return new DeadRuns(spark(), lake, new ShippedCatalog(List.of(), Map.of()), Prices.NONE, Clock.systemUTC());
    }

    private Lake emptyLake() {
        return EmptyLake.in(spark(), dir);
    }

    /** It failed and said so, and counted nothing; the run that brought its answers into history died before it told. */
    @Test
    void whatAFailedRunSpentIsToldAlsoWhenAnotherRunDiedBetweenHistoryAndItsRow() throws Exception {
        Lake lake = emptyLake();
        HarvestStep harvest = new HarvestStep(spark(), lake, journal(), 4);
        RunLog failed = new RunLog(DEAD, TONIGHT, TONIGHT, Clock.systemUTC(), () -> {});
        RunsLedger.put(spark(), lake, failed.failed(new IllegalStateException()));
        assertEquals(1, harvest.run(1, TONIGHT).answers());

        deadRuns(lake).record(harvest.run(2, TONIGHT), "next");

        assertEquals(2.5, lake.runs().read(spark()).first().<Double>getAs("credits"));
        long version = lake.runs().delta(spark()).history(1).first().<Long>getAs("version");
        deadRuns(lake).record(harvest.run(3, TONIGHT), "afterwards");
        Assertions.assertEquals(
                version, lake.runs().delta(spark()).history(1).first().<Long>getAs("version"), "told once");
    }

    @Test
    void aRunThatFellSilentIsFoundAgainIfItsFinderDiesBeforeItIsTold() throws Exception {
        HadoopJournalStore journal = journal();
        HarvestStep harvest = new HarvestStep(spark(), emptyLake(), journal, 4);
        Instant muchLater = Instant.now().plus(Duration.ofDays(2));

        assertThrows(
                IllegalStateException.class,
                () -> harvest.run(1, Set.of(), muchLater, found -> {
                    throw new IllegalStateException("the power goes");
                }));
        assertEquals(List.of(DEAD), journal.unharvestedRuns());
        harvest.run(
                2,
                Set.of(),
                muchLater,
                found -> assertEquals(DEAD, found.tried().get(0).run()));
        assertEquals(List.of(), journal.unharvestedRuns());
    }

    @Test
    void aRunThatDiedGetsItsRowWhenItsJournalIsHarvested() throws Exception {
        Lake lake = emptyLake();
        HadoopJournalStore journal = journal();
        List<String> notices = new OpenJournals(spark(), lake, journal).notices(Set.of());
        Assertions.assertTrue(
                notices.get(0).startsWith("1 earlier run is not harvested yet (" + DEAD), notices.toString());
        HarvestStep harvest = new HarvestStep(spark(), lake, journal, 4);
        DeadRuns deadRuns = deadRuns(lake);

        deadRuns.record(harvest.run(1, TONIGHT), "next");
        assertEquals(List.of(), new OpenJournals(spark(), lake, journal).notices(Set.of()));
        deadRuns.record(harvest.run(2, TONIGHT), "afterwards");

        Row row = lake.runs().read(spark()).collectAsList().get(0);
        assertEquals(1, lake.runs().read(spark()).count());
        assertEquals("failed", row.getAs("status"));
        assertEquals(2.5, row.<Double>getAs("credits"));
        assertEquals(1L, row.<Long>getAs("calls"));
        assertEquals(
                Instant.parse("2026-08-20T02:00:00Z"),
                row.<java.sql.Timestamp>getAs("started_at").toInstant());
        assertTrue(row.<String>getAs("summary").contains("run next found in its journal"));
        assertTrue(row.<String>getAs("summary").contains("\"answers\":1"));
    }

    @Test
    void resumeGoesOnWithARunThatDiedIfThatHadPlannedSomething() throws Exception {
        Lake lake = emptyLake();
        HarvestStep harvest = new HarvestStep(spark(), lake, journal(), 4);
        deadRuns(lake).record(harvest.run(1, TONIGHT), "next");
        Assertions.assertEquals(Optional.empty(), Unfinished.newest(spark(), lake));
        Dataset<Row> work = spark().sql("SELECT '" + DEAD + "' AS run_id, 'email:ada@acme.com' AS lookup_key");
        for (StructField column : lake.work().schema().fields()) {
            if (!List.of(work.columns()).contains(column.name())) {
                work = work.withColumn(column.name(), lit(null).cast(column.dataType()));
            }
        }
        lake.work().append(work, "work", 1);
        Assertions.assertEquals(Optional.of(new Unfinished(DEAD)), Unfinished.newest(spark(), lake));
    }
}
