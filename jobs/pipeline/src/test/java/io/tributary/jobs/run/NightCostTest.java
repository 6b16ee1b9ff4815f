package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.tributary.jobs.SparkTest;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.table.Lake;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a night in which one record in a hundred has changed looks at, however long history is; prints how long it takes. */
@Tag("long")
class NightCostTest extends SparkTest {
    private static final int PEOPLE = 5_000;
    private static final int CHANGED = PEOPLE / 100;
    private static final Instant FIRST = Instant.parse("2026-08-21T02:00:00Z");

    @TempDir
    Path dir;

    private int nights;

    @Test
    void aNightLooksAtTheChangedHundredthHoweverLongHistoryIs() throws IOException {
        Settings settings = settings();
        Lake lake = new Wiring(settings).lake();
        lake.ensure(spark());
        answers(lake, 0, PEOPLE);
        night(settings, 0, false);
        night(settings, 0, false);
        int answered = PEOPLE;
        for (int times : new int[] {1, 10, 100}) {
            answers(lake, answered, PEOPLE * times);
            answered = PEOPLE * times;
            // It looks for whom these answers are, once.
            night(settings, 0, false);
            RunSummary some = night(settings, CHANGED, false);
            RunSummary all = night(settings, CHANGED, true);
            System.out.printf(
                    Locale.ROOT,
                    "night with %d of %,d records changed, %,d answers in history: %.1f s, looking at all %.1f s%n",
                    CHANGED,
                    PEOPLE,
                    answered,
                    seconds(some),
                    seconds(all));
            Assertions.assertEquals(PEOPLE - CHANGED, Math.round(some.count("unchanged")));
            Assertions.assertEquals(CHANGED, Math.round(some.count("keys")));
            Assertions.assertEquals(CHANGED, Math.round(some.count("golden_changed")));
            Assertions.assertEquals(PEOPLE, Math.round(all.count("keys")));
            // What it has written is looked at once more.
            night(settings, 0, false);
        }
    }

    private static double seconds(RunSummary night) {
        return night.seconds().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private RunSummary night(Settings settings, int changed, boolean full) throws IOException {
        int now = nights++;
        Files.writeString(
                dir.resolve("people.csv"),
                IntStream.range(0, PEOPLE)
                        .mapToObj(i -> "p" + i + ",ann" + i + "@firm.com," + (i < changed ? "Night " + now : ""))
                        .collect(Collectors.joining("\n", "id,email,city\n", "\n")));
        return new Nightly(settings, spark(), Clock.systemUTC(), Progress.silent(), line -> {})
                .run(new RunOptions(
                        Optional.of(FIRST.plus(Duration.ofHours(now))), Interval.ALL, ForceRefresh.NONE, full));
    }

    /** One answer about each of some people, and the two identifiers by which it is known. */
    private void answers(Lake lake, int from, int to) {
        if (from == to) {
            return;
        }
        Dataset<Row> nothing = lake.history().read(spark()).limit(0);
        String person = nothing.schema().apply("person").dataType().catalogString();
        Dataset<Row> rows = spark().range(from, to)
                .withColumn("lookup_key", expr("concat('email:ann', id, '@firm.com')"))
                .withColumn("key_hash", expr("sha2(lookup_key, 256)"))
                .selectExpr(
                        "cast(conv(substr(key_hash, 1, 8), 16, 10) % 2 AS int) AS bucket",
                        "'person' AS entity",
                        "lookup_key",
                        "key_hash",
                        "'example' AS provider",
                        "'person' AS operation",
                        "0L AS epoch",
                        "'MATCHED' AS outcome",
                        "'' AS reason",
                        "0.95D AS confidence",
                        "timestamp'2026-08-20 00:00:00' AS fetched_at",
                        "1D AS credits",
                        "substr(sha2(concat('answer', id), 256), 1, 32) AS response_id",
                        "from_json(concat('{\"title\": \"Role ', id % 97, '\"}'), '" + person + "') AS person",
                        "repeat(sha2(cast(id AS string), 256), 4) AS raw_body",
                        "key_hash AS inputs_hash",
                        "'' AS job_id",
                        "'run-" + from + "' AS run_id");
        lake.history().append(nothing.unionByName(rows, true).repartition(2, col("bucket")), "cost-" + from, 1);
        Dataset<Row> unknown = lake.identities().read(spark()).limit(0);
        Dataset<Row> named = rows.selectExpr(
                "explode(array(key_hash, sha2(concat('linkedin_person:', lookup_key), 256))) AS alias_hash",
                "'email' AS kind",
                "entity",
                "lookup_key",
                "'answer' AS told_by",
                "provider",
                "response_id",
                "fetched_at AS seen_at",
                "run_id");
        lake.identities().append(unknown.unionByName(named, true), "cost-" + from, 1);
    }

    private Settings settings() throws IOException {
        Files.writeString(dir.resolve("example.key"), "key-of-nobody");
        return Settings.load(
                Path.of("../../conf"),
                List.of(
                        "lake={root: \"" + dir.resolve("lake") + "\"}",
                        "sources=[{name: people, crm: crm, object: contact, format: csv, path: \""
                                + dir.resolve("people.csv") + "\", allow-unchanged: true, mapping: {entity: person,"
                                + " record-id: id, fields: {email: email, location.city: city}}}]",
                        "providers={example: {keys: [\"file:" + dir.resolve("example.key")
                                + "\"], base-url: \"http://127.0.0.1:9\"}}",
                        "waterfall={person: [example]}",
                        "limits={buckets: 2}",
                        "budget={}"));
    }
}
