package io.tributary.jobs.ask;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.call.CallSettings;
import io.tributary.jobs.EmptyLake;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.plan.LaterRounds;
import io.tributary.jobs.plan.Stage;
import io.tributary.jobs.table.Lake;
import io.tributary.journal.Entry;
import io.tributary.journal.FlushPolicy;
import io.tributary.journal.Replay;
import io.tributary.merge.FreshnessPolicy;
import io.tributary.model.EntityKind;
import io.tributary.model.Outcome;
import io.tributary.provider.ReAsk;
import io.tributary.quota.Allowance;
import io.tributary.settings.Credential;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The call step as Spark runs it, against a provider that misbehaves when told to; on a disk, or elsewhere. */
public abstract class CallStepRun extends SparkTest {
    static final int KEYS = 40;

    /** Calls at once; as many more have their intents in the journal. */
    static final int IN_FLIGHT = 2;

    /** The flush policy below. */
    static final int UNFLUSHED = 1;

    static final String MATCH = "{\"confidence\": 0.9, \"title\": \"Engineer\", \"company\": {\"name\": \"Engines\"}}";

    @TempDir
    Path dir;

    final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer provider;
    Lake lake;

    /** A task may be tried three times. */
    @Override
    public SparkConf conf() {
        return super.conf().set("spark.master", "local[2,3]");
    }

    /** The full path of something in an empty lake: on a disk here, elsewhere in those who inherit this. */
    protected String place(String name) {
        return dir.resolve(name).toString();
    }

    /** What tasks are told of the lake's file system. */
    protected Map<String, String> hadoop() {
        return Map.of();
    }

    @BeforeEach
    void start() throws IOException {
        lake = EmptyLake.of(spark(), this::place);
        Column email = concat(lit("p"), col("id").cast("string"), lit("@engines.co.uk"));
        lake.work()
                .append(
                        spark().range(KEYS)
                                .withColumn("lookup_key", concat(lit("email:"), email))
                                .select(
                                        lit("r").as("run_id"),
                                        pmod(col("id"), lit(2)).cast("int").as("bucket"),
                                        lit("person").as("entity"),
                                        col("lookup_key"),
                                        sha2(col("lookup_key"), 256).as("key_hash"),
                                        map(lit("email"), email).as("inputs"),
                                        lit(null).cast("array<string>").as("aliases"),
                                        array(struct(
                                                        lit("example").as("provider"),
                                                        lit(0L).as("epoch"),
                                                        lit("ask").as("mode"),
                                                        lit("").as("operation"),
                                                        lit("").as("job_id"),
                                                        lit(1.0).as("worst_credits")))
                                                .as("asks"),
                                        lit("planned").as("status"),
                                        lit("never_asked").as("reason"),
                                        lit(null).cast("array<string>").as("missing")),
                        "work",
                        1);
    }

    @AfterEach
    void stop() {
        provider.stop(0);
    }

    interface Answer {
        void to(HttpExchange exchange, int call) throws IOException;
    }

    List<NotAnswered> run(Answer answer) throws IOException {
        return run(answer, example(), List.of());
    }

    List<NotAnswered> run(Answer answer, String spec, List<Credential> keys) throws IOException {
        return run(answer, spec, keys, Optional.empty());
    }

    /** The same with a cap that reaches for each ask once. */
    List<NotAnswered> runWithinACap(Answer answer) throws IOException {
        Dataset<Row> planned = lake.work()
                .read(spark())
                .withColumn("decision", lit("WORK"))
                .withColumn("wanted", col("asks"))
                .withColumn("because", col("reason"))
                .withColumn("priority", lit(null).cast("double"));
        Stage stage = (name, rows) -> {
            rows.write().format("delta").save(place("stage/" + name));
            return spark().read().format("delta").load(place("stage/" + name));
        };
        Allowance cap = new Allowance(Map.of("example", (double) KEYS), Double.POSITIVE_INFINITY);
        return run(answer, example(), List.of(), Optional.of(new LaterRounds(spark(), lake, stage, "r", planned, cap)));
    }

    private static String example() throws IOException {
        return Files.readString(Path.of("../../conf/providers/example.yaml"));
    }

    private List<NotAnswered> run(Answer answer, String spec, List<Credential> keys, Optional<LaterRounds> later)
            throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int call;
            synchronized (asked) {
                asked.add(body);
                call = asked.size();
            }
            answer.to(exchange, call);
        });
        provider.start();
        ProviderText text = new ProviderText(
                "example",
                spec,
                "http://127.0.0.1:" + provider.getAddress().getPort(),
                List.of(),
                IN_FLIGHT,
                null,
                ReAsk.ASK_AGAIN,
                true,
                FreshnessPolicy.defaults(),
                keys);
        return new AskStep(spark(), lake)
                .run(
                        new AskPlan(
                                "r",
                                new ShippedCatalog(List.of(text), Map.of(EntityKind.PERSON, List.of("example"))),
                                CallSettings.DEFAULT,
                                5,
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(15),
                                0,
                                2,
                                place("journal"),
                                hadoop(),
                                new FlushPolicy(UNFLUSHED, Duration.ofSeconds(1)),
                                Duration.ZERO,
                                Duration.ofMinutes(5),
                                "",
                                ""),
                        later,
                        Progress.silent(),
                        warnings::add)
                .open();
    }

    static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    HadoopJournalStore journal() throws IOException {
        return new HadoopJournalStore(spark().sparkContext().hadoopConfiguration(), place("journal"));
    }

    long matched() throws IOException {
        HadoopJournalStore journal = journal();
        long matched = 0;
        for (int bucket = 0; bucket < 2; bucket++) {
            matched += Replay.of(journal, "r", bucket).ends().stream()
                    .map(Entry::outcome)
                    .filter(outcome -> outcome == Outcome.MATCHED)
                    .count();
        }
        return matched;
    }
}
