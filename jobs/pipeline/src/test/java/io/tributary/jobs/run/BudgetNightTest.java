package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.lit;

import io.tributary.jobs.EmptyLake;
import io.tributary.jobs.Figures;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.table.Lake;
import io.tributary.model.EntityKind;
import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night that has less to spend than to ask, against the sandbox, whose books are the judge. */
class BudgetNightTest extends SparkTest {
    private static final Figures FIGURES = new Figures("budget");
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");

    @TempDir
    Path dir;

    @Test
    void whatARoundSavedIsSpentInTheNextOnWhoeverComesFirst() throws IOException {
        int people = 120;
        Files.writeString(
                dir.resolve("people.csv"),
                IntStream.range(0, people)
                        .mapToObj(i -> i + ",Ada,ada" + i + "@firm" + i + ".com," + i)
                        .collect(Collectors.joining("\n", "id,name,email,worth\n", "\n")));
        try (SandboxServer sandbox = SandboxServer.start(SandboxOptions.builder()
                .quotasOff()
                .matchRate(0.5)
                .pending(0, Duration.ZERO)
                .build())) {
            Settings settings = settings(sandbox, "{first: \"cast(worth as double)\"}");
            List<String> steps = new ArrayList<>();
            RunSummary night = night(settings, (step, total, done) -> {
                steps.add(step);
                return () -> {};
            });
            FIGURES.exactly(
                    "cap of 20 a day, half found: credits billed",
                    20.0,
                    sandbox.ledger().counts("example").billedCredits());
            long asked = Math.round(night.count("work"));
            Assertions.assertTrue(asked > 20, "keys asked: " + asked);
            Assertions.assertEquals(asked, Math.round(night.count("answers")));
            Assertions.assertEquals(people - asked, Math.round(night.count("deferred")));
            Assertions.assertEquals(steps.size(), Math.round(night.count("budget_rounds")), steps.toString());
            Assertions.assertEquals(List.of("call", "call, round 2"), steps.subList(0, 2));
            Assertions.assertTrue(
                    night.notes().stream().anyMatch(note -> note.startsWith("providers.example.max-credits-per-day")),
                    night.notes().toString());

            Lake lake = new Wiring(settings).lake();
            Dataset<Row> golden = lake.golden(EntityKind.PERSON).read(spark());
            Assertions.assertEquals(
                    people - asked,
                    golden.where("enrichment_status = 'deferred' and enrichment_reason = 'budget'")
                            .count());
            Assertions.assertEquals(
                    asked,
                    golden.where("enrichment_status in ('enriched', 'partial', 'not_found')")
                            .where("cast(_crm_id as int) >= " + (people - asked))
                            .count(),
                    "exactly the best are asked");
            Dataset<Row> work = lake.work().read(spark());
            Assertions.assertEquals(asked, work.where("status = 'planned'").count());
            Assertions.assertEquals(
                    people - asked, work.where("status = 'deferred'").count());

            RunSummary again = night(settings, Progress.silent());
            FIGURES.exactly(
                    "the same day once more: credits billed",
                    0.0,
                    sandbox.ledger().counts("example").billedCredits() - 20);
            Assertions.assertEquals(people - asked, Math.round(again.count("deferred")));
        }
    }

    @Test
    void whatWasSpentTodayIsWhatHistorySaysSinceMidnightAndAnUnknownOutcomeCountsItsWorst() throws IOException {
        try (SandboxServer sandbox =
                SandboxServer.start(SandboxOptions.builder().quotasOff().build())) {
            Settings settings = settings(
                    sandbox,
                    "{zone: America/New_York, max-credits-per-day: 10, max-credits-per-month: 100,"
                            + " max-credits-per-run: 8}");
            Wiring wiring = new Wiring(settings);
            EmptyLake.in(spark(), dir.resolve("lake"));
            remember(
                    wiring.lake(),
                    "('example', 'person', 'MATCHED', timestamp'2026-08-21 04:00:00Z', 2.5D, null)",
                    "('example', 'person', 'UNKNOWN', timestamp'2026-08-21 05:00:00Z', 0D, null)",
                    "('example', 'person', 'UNKNOWN', timestamp'2026-08-21 05:00:00Z', 0D, 'job-1')",
                    "('another', 'person', 'MATCHED', timestamp'2026-08-21 05:00:00Z', 1D, null)",
                    "('example', 'person', 'MATCHED', timestamp'2026-08-21 03:59:59Z', 7D, null)",
                    "('example', 'person', 'MATCHED', timestamp'2026-08-01 03:59:59Z', 50D, null)");

            List<String> caps = caps(settings, List.of());

            Assertions.assertEquals(
                    List.of(
                            "budget.max-credits-per-run 0.0 of 8.0",
                            "budget.max-credits-per-day 4.5 of 10.0",
                            "budget.max-credits-per-month 11.5 of 100.0",
                            "providers.example.max-credits-per-day 3.5 of 20.0"),
                    caps);
            LivingRun beside = new LivingRun(
                    "beside",
                    "backfill",
                    new DriverProcess("here", 1, "", ""),
                    Instant.EPOCH,
                    Map.of("example", 4.0, "another", 9.0),
                    5);
            Assertions.assertEquals(
                    List.of(
                            "budget.max-credits-per-run 0.0 of 8.0",
                            "budget.max-credits-per-day 9.5 of 10.0",
                            "budget.max-credits-per-month 16.5 of 100.0",
                            "providers.example.max-credits-per-day 7.5 of 20.0"),
                    caps(settings, List.of(beside)),
                    "what a run beside this one may spend is not there for this one");
        }
    }

    private List<String> caps(Settings settings, List<LivingRun> others) {
        Wiring wiring = new Wiring(settings);
        return new Spending(settings, spark(), wiring.lake(), wiring.catalog(), others)
                .caps(Instant.parse("2026-08-21T12:00:00Z")).caps().stream()
                        .map(cap -> cap.setting() + " " + cap.spent() + " of " + cap.credits())
                        .toList();
    }

    private void remember(Lake lake, String... answers) {
        Dataset<Row> rows = spark().sql("SELECT * FROM VALUES " + String.join(", ", answers)
                + " AS t(provider, operation, outcome, fetched_at, credits, job_id)");
        for (StructField column : lake.history().schema().fields()) {
            if (!List.of(rows.columns()).contains(column.name())) {
                rows = rows.withColumn(column.name(), lit(null).cast(column.dataType()));
            }
        }
        lake.history().append(rows, "history", 1);
    }

    private RunSummary night(Settings settings, Progress progress) throws IOException {
        return new Nightly(settings, spark(), Clock.systemUTC(), progress, line -> {})
                .run(new RunOptions(Optional.of(TONIGHT), Interval.ALL));
    }

    private Settings settings(SandboxServer sandbox, String budget) throws IOException {
        Path key = dir.resolve("example.key");
        Files.copy(Path.of("../../conf/demo/keys/example"), key);
        return Settings.load(
                Path.of("../../conf"),
                List.of(
                        "lake={root: \"" + dir.resolve("lake") + "\"}",
                        "sources=[{name: people, crm: crm, object: contact, format: csv, path: \""
                                + dir.resolve("people.csv") + "\", allow-unchanged: true, mapping: {entity: person,"
                                + " record-id: id, fields: {name.full: name, email: email}}}]",
                        "providers={example: {keys: [\"file:" + key + "\"], base-url: \"" + sandbox.baseUrl()
                                + "/example\", max-credits-per-day: 20}}",
                        "waterfall={person: [example]}",
                        "limits={buckets: 2}",
                        "budget=" + budget));
    }
}
