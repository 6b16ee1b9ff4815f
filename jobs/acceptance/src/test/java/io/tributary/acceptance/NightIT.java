package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.jobs.bench.LocalCluster;
import io.tributary.jobs.report.Figure;
import io.tributary.sandbox.Latency;
import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights as real processes against a sandbox whose ledger is the judge. */
@Order(1)
class NightIT {
    @TempDir
    Path folder;

    private static JsonNode summary(Home.Ended night) throws IOException {
        String json = night.output()
                .lines()
                .filter(line -> line.startsWith("{\"run_id\""))
                .reduce((first, last) -> last)
                .orElseThrow(() -> new AssertionError(night.output()));
        return new ObjectMapper().readTree(json);
    }

    /** First a night that holds what may have been bought, then one that asks for it again, as the provider's file says. */
    @Test
    @Tag("long")
    void anAnswerThatAKilledRunPaidForIsNotPaidForAgainAndWhatMayHaveBeenBoughtIsHeldOrSaid() throws Exception {
        try (SandboxServer sandbox = slowSandbox()) {
            Shop shop = Shop.in(folder).with(400, sandbox, "");
            long billedAtTheKill = killOneNight(shop, sandbox);

            JsonNode holding = summary(shop.nightly("--set", "unknown-outcome=hold"));
            int settled =
                    holding.path("cache_hits").asInt() + holding.path("work").asInt();
            assertEquals(0, sandbox.ledger().counts("hunter").repeats(), holding.toString());
            assertEquals(0, holding.path("repeats").asInt());
            assertTrue(settled < 400, "nothing was held: " + holding);
            assertTrue(holding.path("cache_hits").asInt() > 0, "nothing of the dead run's journal was used");

            Home.Ended last = shop.nightly();
            JsonNode asking = summary(last);
            assertEquals(0, last.exitCode(), last.output());
            long repeats = sandbox.ledger().counts("hunter").repeats();
            // At most what was in flight (2 tasks of 16) or not flushed (200 answers or 1 s) at the kill.
            Figures figures = new Figures("kill");
            figures.hold(Figure.atLeast("answers paid twice after a kill, so that this says something", repeats, 1));
            figures.hold(Figure.atMost("answers paid twice after a kill: in flight or not flushed", repeats, 32 + 200));
            figures.hold(Figure.atMost(
                    "answers paid twice after a kill, of those billed at it", repeats, billedAtTheKill - 1));
            figures.hold(Figure.atLeast(
                    "answers paid twice after a kill, told",
                    asking.path("repeats").asLong(),
                    repeats));
            assertEquals(400 - settled, asking.path("work").asInt());
            assertEquals(400, sandbox.ledger().counts("hunter").distinct());
        }
    }

    @Test
    void aNightThatIsAskedToStopLosesNothingAndPaysNothingTwice() throws Exception {
        try (SandboxServer sandbox = slowSandbox()) {
            Shop shop = Shop.in(folder).with(400, sandbox, "");
            Process stopped = begun(shop, sandbox, "stopped.log");
            long asked = System.nanoTime();
            stopped.destroy();
            assertTrue(stopped.waitFor(1, TimeUnit.MINUTES), () -> read(folder.resolve("stopped.log")));
            double seconds = (System.nanoTime() - asked) / 1e9;
            assertEquals(3, stopped.exitValue(), () -> read(folder.resolve("stopped.log")));
            long billed = sandbox.ledger().counts("hunter").billed();
            Home.Ended next = shop.nightly();
            assertEquals(0, next.exitCode(), next.output());
            assertTrue(billed < 400, "it was done before it was asked to stop");
            assertEquals(billed, summary(next).path("cache_hits").asLong());
            assertEquals(0, summary(next).path("unknown").asInt());
            Figures figures = new Figures("stop");
            figures.hold(Figure.atMost(
                    "answers paid twice after SIGTERM",
                    sandbox.ledger().counts("hunter").repeats(),
                    0));
            // Ten are promised on a machine that is not busy otherwise, which a test can't know.
            figures.hold(Figure.atMost("seconds from SIGTERM to the end", seconds, 30));
        }
    }

    private static SandboxServer slowSandbox() throws Exception {
        return SandboxServer.start(SandboxOptions.builder()
                .quotasOff()
                .matchRate(1)
                .pending(0, Duration.ZERO)
                .latency(Latency.fixed(Duration.ofMillis(400)))
                .build());
    }

    /** Kills a night without warning when Hunter has billed 120 answers; returns what it has billed by then. */
    private long killOneNight(Shop shop, SandboxServer sandbox) throws Exception {
        // The launcher replaces itself by the JVM: this is kill -9 of the driver.
        begun(shop, sandbox, "killed.log").destroyForcibly().waitFor();
        return sandbox.ledger().counts("hunter").billed();
    }

    /** A night that is at work: Hunter has billed 120 answers. */
    private Process begun(Shop shop, SandboxServer sandbox, String name) throws Exception {
        Path log = folder.resolve(name);
        ProcessBuilder builder = new ProcessBuilder(
                        Home.FOLDER.resolve("tributary").toString(),
                        "nightly",
                        "--conf",
                        shop.conf(),
                        "--set",
                        "providers.hunter.max-in-flight=16")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JDK_JAVA_OPTIONS", Home.SHORT_LIVED);
        Process night = builder.start();
        while (sandbox.ledger().counts("hunter").billed() < 120) {
            assertTrue(night.isAlive(), () -> read(log));
            LockSupport.parkNanos(5_000_000);
        }
        return night;
    }

    /** The demo's first night, at five times the published quotas: the simulator and the pipeline both. */
    @Test
    @Tag("long")
    void theDemosNightRunsUnderAPlainSparkSubmitAndOnAClusterOfTwoWorkersAlike() throws Exception {
        try (SandboxServer sandbox = SandboxServer.start(SandboxOptions.builder()
                        .quotaScale(5)
                        .pending(0, Duration.ZERO)
                        .build());
                LocalCluster cluster = LocalCluster.start(Home.SPARK, folder.resolve("cluster"), 2)) {
            JsonNode local = submitted(sandbox, "local", "--master", "local[2]");
            JsonNode wide = submitted(
                    sandbox,
                    "wide",
                    "--master",
                    cluster.master(),
                    "--conf",
                    "spark.executor.cores=1",
                    "--conf",
                    "spark.cores.max=2",
                    "--conf",
                    "spark.executor.memory=700m");
            assertTrue(local.path("work").asInt() > 400, local.toString());
            for (String count : List.of("rows_read", "keys", "work", "matched", "not_found", "credits")) {
                assertEquals(local.path(count), wide.path(count), count + " on one machine and on a cluster");
            }
            holdsNoKey(folder.resolve("cluster"));
        }
    }

    /** Keys reach executors by Spark's connection, and nothing that these write down. */
    private static void holdsNoKey(Path cluster) throws IOException {
        Map<String, String> keys = new TreeMap<>();
        for (String provider : List.of("apollo", "hunter", "clearbit")) {
            keys.put(
                    provider,
                    Files.readString(Home.FOLDER.resolve("conf/demo/keys").resolve(provider))
                            .strip());
        }
        Needles needles = new Needles(keys);
        int logs = 0;
        try (Stream<Path> files = Files.walk(cluster)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(each -> !each.toString().endsWith(".jar"))
                    .toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertEquals(Set.of(), needles.in(text), file.toString());
                logs += text.contains("Executor") ? 1 : 0;
            }
        }
        assertTrue(logs >= 2, "logs of executors: " + logs);
    }

    private JsonNode submitted(SandboxServer sandbox, String name, String... spark) throws IOException {
        sandbox.ledger().reset();
        Home.Ended night = submit(DemoNight.in(folder.resolve(name), sandbox.baseUrl(), 5), spark);
        assertEquals(0, night.exitCode(), night.output());
        assertEquals(0, sandbox.ledger().totals().repeats(), "billed twice");
        assertEquals(0, sandbox.ledger().totals().refusedByWindow(), "refused");
        JsonNode summary = summary(night);
        assertEquals(
                sandbox.ledger().totals().billedCredits(),
                summary.path("credits").asDouble());
        return summary;
    }

    private Home.Ended submit(List<String> night, String... spark) throws IOException {
        List<String> command = new ArrayList<>(Home.sparkSubmit(spark));
        command.addAll(List.of(
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.driver.bindAddress=127.0.0.1",
                "--conf",
                "spark.ui.enabled=false",
                "--class",
                "io.tributary.jobs.cli.Tributary",
                Home.JOB_JAR.toString()));
        command.addAll(night);
        return Home.run(folder, command, List.of("SPARK_HOME=" + Home.SPARK, "SPARK_LOCAL_IP=127.0.0.1", Home.QUIET));
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
