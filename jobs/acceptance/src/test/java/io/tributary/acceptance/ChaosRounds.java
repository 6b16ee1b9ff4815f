package io.tributary.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.jobs.bench.LocalCluster;
import io.tributary.sandbox.Latency;
import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
import io.tributary.sandbox.fault.FaultProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Plays rounds of chaos on one cluster: a night that is harmed, then nights in peace until one ends well, and what they left
 * is judged. The lake of a round that kept its promises is deleted.
 */
final class ChaosRounds implements AutoCloseable {
    private static final Duration ANSWERED = Duration.ofMillis(200);
    private static final int IN_FLIGHT = 16;
    private static final int NIGHTS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Path folder;
    private final int keys;
    private final int quotaScale;
    private final LocalCluster cluster;
    private final CompletableFuture<Map<String, JsonNode>> peaceful;

    /** @param keys of each round; the provider's quota grows with them, so that the calls always take about ten seconds */
    ChaosRounds(Path folder, int keys) throws IOException {
        this.folder = folder;
        this.keys = keys;
        this.quotaScale = Math.max(1, Math.round(keys / 140f));
        this.cluster = LocalCluster.start(Home.SPARK, folder.resolve("cluster"), 2);
        this.peaceful = CompletableFuture.supplyAsync(this::inPeace);
    }

    /** The golden rows of a night on which nothing goes wrong. */
    private Map<String, JsonNode> inPeace() {
        try (SandboxServer sandbox = sandbox()) {
            Shop shop = Shop.in(folder.resolve("peace")).with(keys, sandbox, "");
            Home.Ended night = shop.nightly("--set", "providers.hunter.quota-scale=" + 4 * quotaScale);
            if (night.exitCode() != 0) {
                throw new IOException(night.output());
            }
            Map<String, JsonNode> golden =
                    ChaosJudge.of(shop.folder().resolve("lake")).golden();
            if (golden.size() != keys) {
                throw new IOException(golden.size() + " golden rows of " + keys + " records");
            }
            return golden;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    ChaosOutcome play(ChaosPlan plan) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Path round = folder.resolve("seed-" + plan.seed());
        List<String> broken = new ArrayList<>();
        try (SandboxServer sandbox = sandbox();
                JournalPlace journal = JournalPlace.of(plan.journal(), round);
                Relays relays = plan.relayed() ? Relays.open() : Relays.none()) {
            Shop shop = Shop.in(round).with(keys, sandbox, "");
            ClusterNight.Setting peace = new ClusterNight.Setting(
                    round, cluster.master(), journal.spark(), journal.jars(), options(shop, journal));
            ClusterProcesses processes = new ClusterProcesses(cluster, plan.pick());
            ChaosHarm harm = new ChaosHarm(processes, sandbox, journal, relays.all(), IN_FLIGHT);
            List<ChaosEvent> events = new ArrayList<>();
            List<RoundTime.Night> times = new ArrayList<>();
            int exitCode;
            long evening = System.currentTimeMillis();
            try (ClusterNight night =
                    ClusterNight.start("night-1", peace.with(relays.spark()).with(spark(plan)))) {
                for (ChaosPlan.Step step : plan.steps()) {
                    events.add(ChaosEvent.of(
                            step.fault(),
                            reaches(step, sandbox, night)
                                    ? harm.during(step.fault(), night)
                                    : Optional.of("the night had ended")));
                }
                exitCode = night.ended(PATIENCE);
            }
            times.add(new RoundTime.Night(evening, System.currentTimeMillis()));
            if (plan.between().isPresent()) {
                ChaosFault fault = plan.between().get();
                events.add(ChaosEvent.of(fault, exitCode == 0 ? Optional.of("no night died") : harm.between(fault)));
            }
            int nights = 1;
            while (exitCode != 0 && nights < 1 + NIGHTS) {
                nights++;
                evening = System.currentTimeMillis();
                try (ClusterNight night = ClusterNight.start("night-" + nights, peace)) {
                    exitCode = night.ended(PATIENCE);
                }
                times.add(new RoundTime.Night(evening, System.currentTimeMillis()));
            }
            if (exitCode != 0) {
                broken.add("no night ended well; the last said " + exitCode + ", see "
                        + round.resolve("night-" + nights + ".log"));
            }
            ChaosJudge judge = ChaosJudge.of(round.resolve("lake"));
            ChaosJudge.Verdict verdict = judge.verdict(sandbox.ledger(), harm, ANSWERED, peaceful.join());
            broken.addAll(verdict.broken());
            if (broken.isEmpty()) {
                delete(round.resolve("lake"));
            }
            deleteJars();
            return new ChaosOutcome(
                    plan.seed(),
                    keys,
                    events.stream()
                            .map(event ->
                                    event.withRepeats(verdict.of().lostBy().getOrDefault(event.fault(), 0L)))
                            .toList(),
                    harm.kills(),
                    nights,
                    verdict.repeats(),
                    verdict.bound(),
                    verdict.told(),
                    verdict.late(),
                    harm.unjudged(),
                    RoundTime.of(times, sandbox.ledger().entries("hunter"), (System.nanoTime() - began) / 1e9),
                    broken);
        }
    }

    private List<String> options(Shop shop, JournalPlace journal) {
        List<String> options = new ArrayList<>(List.of(
                "nightly",
                "--json",
                "--conf",
                shop.conf(),
                "--set",
                "providers.hunter.max-in-flight=" + IN_FLIGHT,
                "--set",
                "providers.hunter.quota-scale=" + quotaScale));
        options.addAll(journal.options());
        return options;
    }

    /** As shipped, Spark waits longer for a sign of an executor than a round should take. */
    private static Map<String, String> spark(ChaosPlan plan) {
        return plan.holds(ChaosFault.NETWORK_LOST)
                ? Map.of(
                        "spark.storage.blockManagerHeartbeatTimeoutMs",
                        Long.toString(ChaosHarm.SPARK_WAITS.toMillis()),
                        "spark.executor.heartbeatInterval",
                        ChaosHarm.HEARTBEAT.toMillis() + "ms",
                        "spark.network.timeoutInterval",
                        "1s")
                : Map.of();
    }

    /** Waits until so much of the work is answered; whether the night lives to see it. */
    private boolean reaches(ChaosPlan.Step step, SandboxServer sandbox, ClusterNight night) throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (sandbox.ledger().counts("hunter").distinct() < step.after() * keys) {
            if (!night.alive()) {
                return false;
            }
            if (System.nanoTime() > until) {
                throw new IOException("nothing is asked any more:\n" + night.output());
            }
            LockSupport.parkNanos(2_000_000);
        }
        return night.alive();
    }

    private SandboxServer sandbox() {
        return SandboxServer.start(SandboxOptions.builder()
                .quotaScale(quotaScale)
                .matchRate(0.85)
                .pending(0, Duration.ZERO)
                .faults(FaultProfile.NONE.withQuirks(0))
                .latency(Latency.fixed(ANSWERED))
                .build());
    }

    /** Each night leaves a copy of the job's jar for each executor. */
    private void deleteJars() throws IOException {
        List<Path> jars;
        try (Stream<Path> found = Files.walk(folder.resolve("cluster"))) {
            jars = found.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        for (Path jar : jars) {
            Files.deleteIfExists(jar);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(folder)) {
            all = found.sorted(java.util.Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
