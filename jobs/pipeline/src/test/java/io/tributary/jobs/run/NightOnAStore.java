package io.tributary.jobs.run;

import io.tributary.jobs.SparkTest;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.table.Lake;
import io.tributary.journal.Entry;
import io.tributary.journal.FlushPolicy;
import io.tributary.journal.Intent;
import io.tributary.journal.JournalWriter;
import io.tributary.journal.SegmentPath;
import io.tributary.model.EntityKind;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake on another store than a disk: a night after one that died, and the night after that. */
public abstract class NightOnAStore extends SparkTest {
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");
    private static final int PEOPLE = 8;
    private static final String DEAD = "dead-run";

    @TempDir
    Path dir;

    /** An empty folder of the store. */
    protected abstract String place();

    /** Whether a run must say that other writers endanger the tables' commits here. */
    protected abstract boolean warns();

    @Test
    void aNightRecoversWhatADeadOnePaidForAndTheNextAsksNothing() throws IOException {
        Files.copy(Path.of("../../conf/demo/keys/hunter"), dir.resolve("hunter.key"));
        Files.writeString(
                dir.resolve("people.csv"),
                "id,name,email\n"
                        + IntStream.range(0, PEOPLE)
                                .mapToObj(i -> i + ",Ada," + email(i))
                                .collect(Collectors.joining("\n"))
                        + "\n");
        try (SandboxServer sandbox = SandboxServer.start(
                SandboxOptions.builder().quotasOff().matchRate(1).build())) {
            Settings settings = settings(sandbox);
            Lake lake = new Wiring(settings).lake();
            dieAfterOneAnswer(settings);

            RunSummary first = night(settings, 0);

            int asked = PEOPLE - 1;
            Assertions.assertEquals(
                    asked, Math.round(first.count("work")), first.notes().toString());
            Assertions.assertEquals(asked, sandbox.ledger().counts("hunter").billedCredits());
            Assertions.assertEquals(
                    List.of("email:" + email(0) + " MATCHED", "email:" + email(1) + " UNKNOWN"),
                    lake.history()
                            .read(spark())
                            .where("run_id = '" + DEAD + "'")
                            .selectExpr("concat(lookup_key, ' ', outcome) AS line")
                            .orderBy("line")
                            .as(Encoders.STRING())
                            .collectAsList());
            Assertions.assertEquals(
                    PEOPLE,
                    lake.golden(EntityKind.PERSON)
                            .read(spark())
                            .where("array_contains(enrichment_source, 'hunter')")
                            .count());
            Assertions.assertEquals(
                    warns(),
                    first.notes().stream().anyMatch(note -> note.contains("store for one driver")),
                    first.notes().toString());
            FileSystem files = new org.apache.hadoop.fs.Path(place())
                    .getFileSystem(spark().sparkContext().hadoopConfiguration());
            Assertions.assertFalse(
                    files.exists(new org.apache.hadoop.fs.Path(settings.lake().files(), "_tributary/staging")));

            RunSummary second = night(settings, 1);

            Assertions.assertEquals(0, Math.round(second.count("work")));
            Assertions.assertEquals(asked, sandbox.ledger().counts("hunter").billedCredits());
            Assertions.assertEquals(
                    asked + 2, lake.history().read(spark()).count(), "each answer and each unknown once");
        }
    }

    private static String email(int person) {
        return "ada" + person + "@firm" + person + ".com";
    }

    /** It was answered about one, and had asked about a second, when it died. */
    private void dieAfterOneAnswer(Settings settings) throws IOException {
        HadoopJournalStore store = new HadoopJournalStore(
                spark().sparkContext().hadoopConfiguration(), settings.journal().path());
        long at = TONIGHT.minus(Duration.ofDays(1)).toEpochMilli();
        for (int person = 0; person < 2; person++) {
            String key = "email:" + email(person);
            SegmentPath first = new SegmentPath(DEAD, LookupKey.parse(key).bucket(2), person, 0);
            JournalWriter writer = new JournalWriter(store, first, FlushPolicy.DEFAULT);
            writer.intend(List.of(new Intent("ask-" + person, key, "hunter", "person", 0, "in", at)));
            if (person == 0) {
                writer.append(answer(key, at + 5), 0);
            }
            writer.close();
        }
    }

    private static Entry answer(String key, long at) {
        return new Entry(
                "ask-0",
                key,
                "hunter",
                "person",
                0,
                "in",
                Outcome.MATCHED,
                "",
                200,
                1,
                0.9,
                1,
                1,
                true,
                at,
                5,
                "",
                "1",
                List.of(),
                "{\"person\": {\"title\": \"Engineer\"}}",
                "{}");
    }

    private RunSummary night(Settings settings, int day) throws IOException {
        return new Nightly(settings, spark(), Clock.systemUTC(), Progress.silent(), line -> {})
                .run(new RunOptions(Optional.of(TONIGHT.plus(Duration.ofDays(day))), Interval.ALL));
    }

    private Settings settings(SandboxServer sandbox) {
        return Settings.load(
                Path.of("../../conf"),
                List.of(
                        "lake={root: \"" + place() + "\"}",
                        "sources=[{name: people, crm: crm, object: contact, format: csv, path: \""
                                + dir.resolve("people.csv") + "\", allow-unchanged: true, mapping: {entity: person,"
                                + " record-id: id, fields: {name.full: name, email: email}}}]",
                        "providers={hunter: {keys: [\"file:" + dir.resolve("hunter.key") + "\"], base-url: \""
                                + sandbox.baseUrl() + "/hunter\"}}",
                        "waterfall={person: [hunter]}",
                        "limits={buckets: 2}",
                        "budget={}"));
    }
}
