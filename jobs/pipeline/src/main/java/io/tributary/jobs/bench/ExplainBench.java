package io.tributary.jobs.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.tributary.jobs.golden.GoldenRows;
import io.tributary.jobs.golden.GoldenStep;
import io.tributary.jobs.report.Figure;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.TableRef;
import io.tributary.merge.FreshnessPolicy;
import io.tributary.model.EntityKind;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How long the story of a record takes in a long history: the whole command, from the start of its process to its end, in a
 * process of its own.
 */
public final class ExplainBench {
    private static final double BOUND_SECONDS = 10;
    private static final int ANSWERS_EACH = 4;
    private static final int NIGHTS = 5;
    private static final int RECORDS = 3;
    private static final Instant LAST_NIGHT = Instant.parse("2026-08-21T02:00:00Z");

    private final Path conf;
    private final Settings settings;
    private final PrintStream out;
    private final Lake lake;
    private final int people;

    /**
     * @param conf the folder of the settings
     * @param settings the same, with a lake of its own
     * @param answers rows of history
     */
    public ExplainBench(Path conf, Settings settings, int answers, PrintStream out) {
        this.conf = conf;
        this.settings = settings;
        this.out = out;
        this.lake = new Lake(name -> new TableRef(settings.lake().table(name)));
        this.people = Math.max(1, answers / ANSWERS_EACH);
    }

    /** Makes the lake: people of whom the providers have said something in each of several nights, merged by the settings' rules. */
    public void build(SparkSession spark) {
        long from = System.nanoTime();
        lake.ensure(spark);
        List<String> order = settings.waterfall().get(EntityKind.PERSON);
        for (int night = 0; night < NIGHTS; night++) {
            lake.history().append(answers(spark, order, night), "bench-" + night, 1);
        }
        Dataset<Row> records = spark.range(people)
                .selectExpr(
                        "'crm' AS source",
                        "'contact' AS object",
                        "'person' AS entity",
                        "cast(id AS string) AS record_id",
                        "'contacts.csv' AS extract",
                        "timestamp'2026-08-20 20:00:00' AS extracted_at",
                        "sha2(cast(id AS string), 256) AS row_hash",
                        "'active' AS life_cycle",
                        "cast(null AS string) AS account_id",
                        key("id") + " AS lookup_key",
                        "array(concat('linkedin_person:ann', id)) AS aliases",
                        "cast(null AS string) AS company_key",
                        "map('email', concat('ann', id, '@firm.com')) AS inputs",
                        "map('name.full', concat('Ann ', id)) AS crm",
                        "cast(map() AS map<string, string>) AS carried");
        Dataset<Row> decisions = records.selectExpr("lookup_key", "'CACHE_HIT' AS decision", "'' AS reason");
        Map<String, FreshnessPolicy> freshness =
                order.stream().collect(Collectors.toMap(name -> name, name -> FreshnessPolicy.defaults()));
        GoldenStep.Result merged = new GoldenStep(spark, lake)
                .run(
                        EntityKind.PERSON,
                        records,
                        decisions,
                        List.of(),
                        new GoldenRows(EntityKind.PERSON, settings.merge(), order, freshness, LAST_NIGHT, "bench"));
        out.printf(
                Locale.ROOT,
                "%,d answers about %,d people, %,d golden rows, in %.0f s%n",
                lake.history().read(spark).count(),
                people,
                merged.changed(),
                (System.nanoTime() - from) / 1e9);
    }

    private static String key(String id) {
        return "concat('email:ann', " + id + ", '@firm.com')";
    }

    /** A fifth of all answers: those that this night brought. */
    private Dataset<Row> answers(SparkSession spark, List<String> order, int night) {
        int buckets = settings.limits().buckets();
        // Beside those of the waterfall, some that were in it once.
        List<String> names = Stream.concat(
                        order.stream(),
                        IntStream.range(order.size(), ANSWERS_EACH).mapToObj(i -> "former-" + i))
                .toList();
        String providers = names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        Dataset<Row> nothing = lake.history().read(spark).limit(0);
        String person = nothing.schema().apply("person").dataType().catalogString();
        Dataset<Row> rows = spark.range((long) people * ANSWERS_EACH)
                .where(expr("id % " + NIGHTS + " = " + night))
                .withColumn("person_id", expr("id div " + ANSWERS_EACH))
                .withColumn("lookup_key", expr(key("person_id")))
                .withColumn("key_hash", expr("sha2(lookup_key, 256)"))
                .withColumn(
                        "bucket",
                        expr("cast(cast(conv(substr(key_hash, 1, 8), 16, 10) AS bigint) % " + buckets + " AS int)"))
                .withColumn(
                        "provider",
                        expr("element_at(array(" + providers + "), cast(id % " + names.size() + " AS int) + 1)"))
                .selectExpr(
                        "bucket",
                        "'person' AS entity",
                        "lookup_key",
                        "key_hash",
                        "provider",
                        "'person' AS operation",
                        "0L AS epoch",
                        "'MATCHED' AS outcome",
                        "'' AS reason",
                        "0.82 + (id % 10) / 100D AS confidence",
                        "timestamp'2026-08-20 00:00:00' - make_dt_interval(cast(id % 25 AS int)) AS fetched_at",
                        "1D AS credits",
                        "200 AS http_status",
                        "substr(sha2(concat('answer', id), 256), 1, 32) AS response_id",
                        "from_json(concat('{\"title\": \"Role ', id % 97, '\", \"phone\": \"+4930', 1000000 + id,"
                                + " '\"}'), '" + person + "') AS person",
                        "array('person.title', 'person.phone') AS present",
                        // Half a kilobyte that no codec makes small.
                        "concat('{\"is\": \"', "
                                + IntStream.range(0, 8)
                                        .mapToObj(part -> "sha2(concat(id, '-" + part + "'), 256)")
                                        .collect(Collectors.joining(", "))
                                + ", '\"}') AS raw_body",
                        "key_hash AS inputs_hash",
                        "'' AS job_id",
                        "'bench' AS spec_version",
                        "concat('night-', " + night + ") AS run_id");
        return nothing.unionByName(rows, true).repartition(buckets, col("bucket"));
    }

    /** Tells the stories of some records, each by a command of its own; nothing else may run meanwhile. */
    public Figure run() throws IOException, InterruptedException {
        double slowest = 0;
        for (int i = 0; i < RECORDS; i++) {
            long from = System.nanoTime();
            String story = explain(Integer.toString((int) ((i + 0.5) * people / RECORDS)));
            double seconds = (System.nanoTime() - from) / 1e9;
            if (!story.contains("\"derives\":true")) {
                throw new IOException(
                        "the story is not whole: " + story.lines().limit(20).toList());
            }
            out.printf(Locale.ROOT, "record %d: %.1f s%n", i + 1, seconds);
            slowest = Math.max(slowest, seconds);
        }
        return Figure.atMost(
                String.format(
                        Locale.ROOT,
                        "explain: seconds of the whole command for a record in a history of %,d answers",
                        people * ANSWERS_EACH),
                slowest,
                BOUND_SECONDS);
    }

    private String explain(String id) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        // As the launcher starts it.
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.tributary.jobs.cli.Tributary"));
        command.addAll(List.of("explain", "contact", id, "--json", "--conf", conf.toString()));
        command.addAll(List.of("--set", "lake={root: \"" + settings.lake().root() + "\"}"));
        Process process = Tether.tied(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
        String story = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IOException("explain ended with " + exit);
        }
        return story;
    }
}
