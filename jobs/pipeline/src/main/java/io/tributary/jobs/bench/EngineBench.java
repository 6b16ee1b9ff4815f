package io.tributary.jobs.bench;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;

import com.sun.management.OperatingSystemMXBean;
import io.tributary.call.CallSettings;
import io.tributary.jobs.ask.AskPlan;
import io.tributary.jobs.ask.AskStep;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.ask.ProviderText;
import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.demo.SandboxProcess;
import io.tributary.jobs.report.Figure;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.TableRef;
import io.tributary.journal.FlushPolicy;
import io.tributary.merge.FreshnessPolicy;
import io.tributary.model.EntityKind;
import io.tributary.provider.ReAsk;
import io.tributary.secret.SecretRef;
import io.tributary.settings.Credential;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Calls a second of the call step, as a job runs it (Spark tasks, work list, journal on disk, gate, circuit, mapping),
 * over those of a bare client in a loop: the same requests to the same sandbox, no quota, answers after 5 ms.
 */
public final class EngineBench {
    /** Half of the bare loop's speed: no provider's quota comes near it. */
    public static final double BOUND = 0.5;

    private static final int IN_FLIGHT = 256;
    private static final String KEY_HEADER = "X-API-Key";
    private static final String KEY = "sandbox-example-key";
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path home;
    private final Path sandboxJar;
    private final PrintStream out;

    /**
     * @param home the project's folder, for the provider's file
     */
    public EngineBench(Path home, Path sandboxJar, PrintStream out) {
        this.home = home;
        this.sandboxJar = sandboxJar;
        this.out = out;
    }

    /**
     * Measures, one warm-up round before the others.
     *
     * @param calls of each side in a round
     * @param lake an empty folder
     * @return the median ratio
     */
    public Figure run(SparkSession spark, Path lake, int calls, int rounds) throws IOException, InterruptedException {
        Path key = Files.createFile(lake.resolve("key"), OWNER_ONLY);
        Files.writeString(key, KEY);
        Lake tables = new Lake(name -> new TableRef(lake.resolve(name).toString()));
        tables.ensure(spark);
        List<Double> ratios = new ArrayList<>();
        try (SandboxProcess sandbox = SandboxProcess.start(
                        sandboxJar,
                        List.of("--latency", "5ms", "--quota-scale", "off", "--pending", "0", "--listed-calls", "0"));
                BareLoop bare = new BareLoop(IN_FLIGHT)) {
            URI uri = URI.create(sandbox.baseUrl() + "/example/v1/person/enrich");
            for (int round = 0; round <= rounds; round++) {
                AskPlan plan = plan("bench-" + round, sandbox.baseUrl() + "/example", key, lake);
                tables.work().append(work(spark, plan.runId(), calls), "bench-" + round, 1);
                long cpu = cpuNanos();
                double loop = bare.run(uri, KEY_HEADER, KEY, calls, call -> "{\"email\":\"" + address(call) + "\"}");
                double loopCpu = (cpuNanos() - cpu) / 1e3 / calls;
                cpu = cpuNanos();
                long start = System.nanoTime();
                new AskStep(spark, tables).run(plan, Progress.silent(), out::println);
                double engine = calls / ((System.nanoTime() - start) / 1e9);
                out.printf(
                        Locale.ROOT,
                        "%s: bare loop %,.0f calls/s (%.0f µs of CPU each), call step %,.0f calls/s (%.0f µs), ratio %.2f%n",
                        round == 0 ? "warm-up" : "round " + round,
                        loop,
                        loopCpu,
                        engine,
                        (cpuNanos() - cpu) / 1e3 / calls,
                        engine / loop);
                if (round > 0) {
                    ratios.add(engine / loop);
                }
            }
        }
        ratios.sort(null);
        return Figure.atLeast("call step over bare loop", ratios.get(ratios.size() / 2), BOUND);
    }

    /** Of this process; the sandbox has one of its own. */
    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private AskPlan plan(String run, String baseUrl, Path key, Path lake) throws IOException {
        ProviderText provider = new ProviderText(
                "example",
                Files.readString(home.resolve("conf/providers/example.yaml")),
                baseUrl,
                List.of(),
                IN_FLIGHT,
                null,
                ReAsk.ASK_AGAIN,
                true,
                FreshnessPolicy.defaults(),
                List.of(new Credential(Map.of(Credential.KEY, SecretRef.parse("file:" + key)))));
        return new AskPlan(
                run,
                new ShippedCatalog(List.of(provider), Map.of(EntityKind.PERSON, List.of("example"))),
                CallSettings.DEFAULT,
                5,
                Duration.ofMinutes(1),
                Duration.ofMinutes(15),
                0,
                2,
                lake.resolve("journal").toString(),
                Map.of(),
                FlushPolicy.DEFAULT,
                Duration.ZERO,
                Duration.ofMinutes(5),
                "",
                "");
    }

    private static String address(long person) {
        return "ann.bench" + person + "@company" + person % 1000 + ".com";
    }

    /** The same people as {@link #address} gives. */
    private static Dataset<Row> work(SparkSession spark, String run, int calls) {
        Column id = col("id").cast("string");
        Column email = concat(
                lit("ann.bench"),
                id,
                lit("@company"),
                pmod(col("id"), lit(1000)).cast("string"),
                lit(".com"));
        return spark.range(calls)
                .withColumn("lookup_key", concat(lit("email:"), email))
                .select(
                        lit(run).as("run_id"),
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
                        lit(null).cast("array<string>").as("missing"));
    }
}
