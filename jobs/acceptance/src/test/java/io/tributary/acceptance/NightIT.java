package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.sandbox.Latency;
import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights as real processes against a sandbox whose ledger is the judge. */
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

    @Test
    void anAnswerThatAKilledRunPaidForIsNotPaidForAgain() throws Exception {
        try (SandboxServer sandbox = slowSandbox()) {
            Shop shop = Shop.in(folder).with(400, sandbox, "");
            long billedAtTheKill = killOneNight(shop, sandbox);

            Home.Ended next = shop.nightly();

            assertEquals(0, next.exitCode(), next.output());
            JsonNode summary = summary(next);
            long repeats = sandbox.ledger().counts("hunter").repeats();
            // At most what was in flight (2 tasks of 16) or not flushed (200 answers or 1 s) at the kill.
            assertTrue(repeats <= 32 + 200, "repeats " + repeats);
            assertTrue(repeats < billedAtTheKill, "nothing of the dead run's journal was used");
            assertTrue(repeats > 0, "the kill came when nothing was in flight");
            assertTrue(
                    summary.path("repeats").asLong() >= repeats,
                    "the sandbox billed " + repeats + " twice: " + summary);
            assertTrue(summary.path("cache_hits").asInt() > 0, summary.toString());
            assertEquals(
                    400,
                    summary.path("cache_hits").asInt() + summary.path("work").asInt());
        }
    }

    @Test
    void whatAKilledRunMayHaveBoughtIsNotAskedAgainWhereUnknownOutcomesAreHeld() throws Exception {
        try (SandboxServer sandbox = slowSandbox()) {
            Shop shop = Shop.in(folder).with(400, sandbox, "");
            killOneNight(shop, sandbox);

            Home.Ended next = shop.nightly("--set", "unknown-outcome=hold");

            JsonNode summary = summary(next);
            assertEquals(0, sandbox.ledger().counts("hunter").repeats(), next.output());
            assertEquals(0, summary.path("repeats").asInt());
            int settled =
                    summary.path("cache_hits").asInt() + summary.path("work").asInt();
            assertTrue(settled < 400, "nothing was held: " + summary);
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
        Path log = folder.resolve("killed.log");
        Process doomed = new ProcessBuilder(
                        Home.FOLDER.resolve("tributary").toString(),
                        "nightly",
                        "--conf",
                        shop.conf(),
                        "--set",
                        "providers.hunter.max-in-flight=16")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        while (sandbox.ledger().counts("hunter").billed() < 120) {
            assertTrue(doomed.isAlive(), () -> read(log));
            Thread.onSpinWait();
        }
        // The launcher replaces itself by the JVM: this is kill -9 of the driver.
        doomed.destroyForcibly().waitFor();
        return sandbox.ledger().counts("hunter").billed();
    }

    @Test
    void runsUnderAPlainSparkSubmitAndOnAClusterOfTwoWorkers() throws Exception {
        try (SandboxServer sandbox =
                        SandboxServer.start(SandboxOptions.builder().quotasOff().build());
                Cluster cluster = Cluster.start(folder.resolve("cluster"), 2)) {
            Shop local = Shop.in(folder.resolve("local")).with(60, sandbox, "");
            Home.Ended first = submit(local, "--master", "local[2]");
            assertEquals(0, first.exitCode(), first.output());
            assertEquals(60, summary(first).path("work").asInt());

            sandbox.ledger().reset();
            Shop wide = Shop.in(folder.resolve("wide")).with(60, sandbox, "");
            Home.Ended second = submit(
                    wide,
                    "--master",
                    cluster.master(),
                    "--conf",
                    "spark.executor.cores=1",
                    "--conf",
                    "spark.cores.max=2",
                    "--conf",
                    "spark.executor.memory=700m");
            assertEquals(0, second.exitCode(), second.output());
            assertEquals(60, summary(second).path("work").asInt());
            assertEquals(0, sandbox.ledger().counts("hunter").repeats());
            assertEquals(60, sandbox.ledger().counts("hunter").distinct());
        }
    }

    private static Home.Ended submit(Shop shop, String... spark) throws IOException {
        List<String> command = new java.util.ArrayList<>(Home.sparkSubmit(spark));
        command.addAll(List.of(
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.driver.bindAddress=127.0.0.1",
                "--conf",
                "spark.ui.enabled=false",
                "--class",
                "io.tributary.jobs.cli.Tributary",
                Home.JOB_JAR.toString(),
                "nightly",
                "--json",
                "--conf",
                shop.conf()));
        return Home.run(shop.folder(), command, List.of("SPARK_HOME=" + Home.SPARK, "SPARK_LOCAL_IP=127.0.0.1"));
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
