package io.tributary.jobs.ask;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.call.CallSettings;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.harvest.HarvestStep;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.TableRef;
import io.tributary.journal.Entry;
import io.tributary.journal.FlushPolicy;
import io.tributary.journal.Replay;
import io.tributary.merge.FreshnessPolicy;
import io.tributary.model.EntityKind;
import io.tributary.model.Outcome;
import io.tributary.provider.ReAsk;
import io.tributary.secret.SecretRef;
import io.tributary.settings.Credential;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Column;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The call step as Spark runs it, against a provider that misbehaves when told to. */
class CallStepTest extends SparkTest {
    private static final int KEYS = 40;

    /** Calls at once; as many more have their intents in the journal. */
    private static final int IN_FLIGHT = 2;

    /** The flush policy below. */
    private static final int UNFLUSHED = 1;

    private static final String MATCH =
            "{\"confidence\": 0.9, \"title\": \"Engineer\", \"company\": {\"name\": \"Engines\"}}";

    @TempDir
    Path dir;

    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer provider;
    private Lake lake;

    /** A task may be tried three times. */
    @Override
    public SparkConf conf() {
        return super.conf().set("spark.master", "local[2,3]");
    }

    @BeforeEach
    void start() throws IOException {
        lake = new Lake(name -> new TableRef(dir.resolve(name).toString()));
        lake.ensure(spark());
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
                                        array(struct(
                                                        lit("example").as("provider"),
                                                        lit(0L).as("epoch"),
                                                        lit("ask").as("mode"),
                                                        lit("").as("operation"),
                                                        lit("").as("job_id"),
                                                        lit(1.0).as("worst_credits")))
                                                .as("asks"),
                                        lit("planned").as("status"),
                                        lit("never_asked").as("reason")),
                        "work",
                        1);
    }

    @AfterEach
    void stop() {
        provider.stop(0);
    }

    private interface Answer {
        void to(HttpExchange exchange, int call) throws IOException;
    }

    private List<NotAnswered> run(Answer answer) throws IOException {
        return run(answer, Files.readString(Path.of("../../conf/providers/example.yaml")), List.of());
    }

    private List<NotAnswered> run(Answer answer, String spec, List<Credential> keys) throws IOException {
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
                                dir.resolve("journal").toString(),
                                Map.of(),
                                new FlushPolicy(UNFLUSHED, Duration.ofSeconds(1)),
                                Duration.ZERO,
                                Duration.ofMinutes(5),
                                "",
                                ""),
                        Progress.silent(),
                        warnings::add)
                .open();
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private HadoopJournalStore journal() throws IOException {
        return new HadoopJournalStore(
                new Configuration(), dir.resolve("journal").toString());
    }

    private long matched() throws IOException {
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

    @Test
    void whatStaysOpenWhenCreditsEndIsCountedToTheLastKey() throws IOException {
        List<NotAnswered> open = run((exchange, call) -> reply(exchange, call <= 10 ? 200 : 402, MATCH));

        assertEquals(10, matched());
        assertEquals(List.of(new NotAnswered("http_402", KEYS - 10)), open);
        Assertions.assertTrue(asked.size() <= 10 + 4, asked.size() + " calls after the credits were gone");
    }

    @Test
    void aTokenIsFetchedOnceForAllTasksOfAProcess() throws IOException {
        List<String> tokens = Collections.synchronizedList(new ArrayList<>());
        List<NotAnswered> open = run(
                (exchange, call) -> {
                    if (exchange.getRequestURI().getPath().equals("/token")) {
                        tokens.add(asked.get(call - 1));
                        reply(exchange, 200, "{\"jwt\": \"t1\"}");
                    } else {
                        boolean known =
                                "Bearer t1".equals(exchange.getRequestHeaders().getFirst("Authorization"));
                        reply(exchange, known ? 200 : 401, known ? MATCH : "{}");
                    }
                },
                specWithTokens(),
                keyInParts());

        assertEquals(List.of(), open);
        assertEquals(KEYS, matched());
        assertEquals(List.of("id=our-id&secret=our-secret"), tokens);
    }

    @Test
    void aProviderThatGivesNoTokenIsOffAndNothingElseBreaks() throws IOException {
        List<NotAnswered> open = run((exchange, call) -> reply(exchange, 503, "{}"), specWithTokens(), keyInParts());

        assertEquals(List.of(new NotAnswered("no_key", KEYS)), open);
        assertEquals(List.of("example gave no token: it answered with 503; check the parts of its key"), warnings);
        assertEquals(List.of("id=our-id&secret=our-secret"), asked);
    }

    @Test
    void anAccountThatCantBeReadIsANoteAndNothingElse() throws IOException {
        List<NotAnswered> open = run(
                (exchange, call) -> {
                    boolean account = exchange.getRequestURI().getPath().equals("/account");
                    reply(exchange, account ? 403 : 200, account ? "{}" : MATCH);
                },
                specWithABalance(),
                keyInParts());

        assertEquals(List.of(), open);
        assertEquals(KEYS, matched());
        assertEquals(KEYS + 2, asked.size(), "a look before and one after, each once");
        assertEquals(
                List.of("the account of example could not be read: http_403"),
                warnings.stream().distinct().toList());
    }

    private static String specWithABalance() throws IOException {
        return Files.readString(Path.of("../../conf/providers/example.yaml"))
                .replaceFirst("(?m)^auth: .*$", "auth: {kind: headers, headers: {X-Id: \"\\${client-id}\"}}")
                .replaceFirst(
                        "(?m)^operations:$",
                        "balance: {request: {method: get, path: /account}, remaining: left}\noperations:");
    }

    private static String specWithTokens() throws IOException {
        return Files.readString(Path.of("../../conf/providers/example.yaml"))
                .replaceFirst(
                        "(?m)^auth: .*$",
                        "auth: {kind: token, request: {path: /token, form: {id: \"\\${client-id}\","
                                + " secret: \"\\${client-secret}\"}}, token: jwt, lifetime: 1h}");
    }

    private List<Credential> keyInParts() throws IOException {
        Path id = Files.writeString(dir.resolve("id"), "our-id");
        Path secret = Files.writeString(dir.resolve("secret"), "our-secret");
        return List.of(new Credential(Map.of(
                "client-id", SecretRef.parse("file:" + id),
                "client-secret", SecretRef.parse("file:" + secret))));
    }

    @Test
    void aTaskThatIsTriedAgainAsksOnlyWhatItsJournalDoesNotHold() throws IOException {
        List<NotAnswered> open = run((exchange, call) -> {
            if (call == 12) {
                takeTheNextNames(dir.resolve("journal/r/0"));
            }
            reply(exchange, 200, MATCH);
        });

        // What the first attempt may have bought without our knowing is gone from the cap: so many keys wait. An intent
        // that stands for a call which was not sent yet can't be told from one that was.
        long waiting = open.stream().mapToLong(NotAnswered::keys).sum();
        Assertions.assertTrue(open.stream().allMatch(some -> some.reason().equals("budget_spent")), open.toString());
        Assertions.assertTrue(waiting <= IN_FLIGHT + IN_FLIGHT + UNFLUSHED, open.toString());
        assertEquals(KEYS - waiting, matched());
        Assertions.assertTrue(asked.size() <= KEYS, asked.size() + " calls with a cap of " + KEYS);
        int repeats = asked.size() - new HashSet<>(asked).size();
        // A put writes the answers so far with the next intents. So what is lost came since the last put: of calls in
        // flight
        // then, and of calls whose intents it made durable.
        Assertions.assertTrue(
                repeats <= IN_FLIGHT + IN_FLIGHT + UNFLUSHED,
                repeats + " repeats: more than in flight, prepared and unflushed");
        Assertions.assertTrue(taskAttempts(dir.resolve("journal/r/0")) > 1, "no task was tried again");
        long told = new HarvestStep(spark(), lake, journal(), 4)
                .run("harvest", Instant.now()).tried().stream()
                        .mapToLong(HarvestStep.Tried::repeats)
                        .sum();
        Assertions.assertTrue(told >= repeats, repeats + " repeats, of which the harvest tells " + told);
        Assertions.assertTrue(
                told <= IN_FLIGHT + IN_FLIGHT + UNFLUSHED, told + " repeats told: more than intents can stand");
    }

    /** Segments can't be written any more: their names are taken. */
    private static void takeTheNextNames(Path bucket) throws IOException {
        Path latest;
        try (Stream<Path> segments = Files.list(bucket)) {
            latest = segments.filter(path -> path.toString().endsWith(".tj"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
        String[] name = latest.getFileName().toString().split("[-.]");
        for (int next = 1; next <= 40; next++) {
            Path taken = bucket.resolve(String.format("%s-%06d.tj", name[0], Integer.parseInt(name[1]) + next));
            if (Files.notExists(taken)) {
                Files.createFile(taken);
            }
        }
    }

    private static long taskAttempts(Path bucket) throws IOException {
        try (Stream<Path> segments = Files.list(bucket)) {
            return segments.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".tj"))
                    .map(name -> name.split("-")[0])
                    .distinct()
                    .count();
        }
    }
}
