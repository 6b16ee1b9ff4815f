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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Plays rounds of chaos on one cluster: a night that is harmed, then nights in peace until one ends well, and what they left
 * is judged. A round begins with an empty lake and its tables, as nothing is harmed before the calls. The lake of a round that
 * kept its promises is deleted.
 */
final class ChaosRounds implements AutoCloseable {
    private static final Duration ANSWERED = Duration.ofMillis(200);
    private static final int IN_FLIGHT = 16;
    private static final int NIGHTS = 3;

    /** More than one, as a recovery can take longer than the next round's night, and most of it is waiting. */
    private static final int RECOVERIES = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Path folder;
    private final String code;
    private final int keys;
    private final int quotaScale;
    private final LocalCluster cluster;
    private final WarmDrivers drivers;
    private final Path emptyLake;
    private final String java;
    private final Map<String, JsonNode> peaceful;
    private final Semaphore recoveries = new Semaphore(RECOVERIES);
    private final ExecutorService recovering = Executors.newFixedThreadPool(RECOVERIES);

    /**
     * @param keys of each round; the provider's quota grows with them, so that the calls always take about ten seconds
     * @param many whether so many rounds will be played that it pays to prepare their processes
     */
    ChaosRounds(Path folder, int keys, boolean many) throws IOException, InterruptedException {
        this.folder = folder;
        this.code = Home.commit();
        this.keys = keys;
        this.quotaScale = Math.max(1, Math.round(keys / 140f));
        this.cluster = LocalCluster.start(Home.SPARK, folder.resolve("cluster"), 2);
        this.drivers = new WarmDrivers(folder);
        this.emptyLake = folder.resolve("empty");
        List<String> command = List.of("empty-lake", emptyLake.toString());
        if (many) {
            this.java = SharedClasses.of(folder, command).options();
        } else {
            done(command);
            this.java = Home.SHORT_LIVED;
        }
        this.peaceful = inPeace();
    }

    /** The golden rows of a night on which nothing goes wrong. */
    private Map<String, JsonNode> inPeace() throws IOException, InterruptedException {
        try (SandboxServer sandbox = sandbox()) {
            Shop shop = Shop.in(folder.resolve("peace")).with(keys, sandbox, "");
            done(List.of(
                    "nightly",
                    "--json",
                    "--conf",
                    shop.conf(),
                    "--set",
                    "providers.hunter.quota-scale=" + 4 * quotaScale));
            Map<String, JsonNode> golden =
                    ChaosJudge.of(shop.folder().resolve("lake")).golden();
            if (golden.size() != keys) {
                throw new IOException(golden.size() + " golden rows of " + keys + " records");
            }
            return golden;
        }
    }

    private void done(List<String> command) throws IOException, InterruptedException {
        int exitCode = drivers.run(command);
        if (exitCode != 0) {
            throw new IOException(command + " ended with " + exitCode + ", see " + drivers.logs());
        }
    }

    /**
     * A night that is over, and all that the next needs; closing it ends its provider.
     *
     * @param peace how the nights after it run
     */
    private record HarmedNight(
            ChaosPlan plan,
            ClusterNight.Setting peace,
            SandboxServer sandbox,
            JournalPlace journal,
            ChaosHarm harm,
            List<ChaosEvent> events,
            RoundTime.Night time,
            int exitCode)
            implements AutoCloseable {
        Path folder() {
            return peace.folder();
        }

        @Override
        public void close() throws IOException {
            sandbox.close();
            journal.close();
        }
    }

    /**
     * Plays a night that is harmed. What recovers from it goes on beside the nights of the next rounds, as most of it is waiting for
     * a quota window to pass: {@value #RECOVERIES} recoveries at a time, and no night beside one that needs the cluster.
     */
    CompletableFuture<ChaosOutcome> play(ChaosPlan plan) throws InterruptedException {
        HarmedNight harmed;
        try {
            harmed = harmed(plan);
        } catch (IOException brokenOff) {
            return CompletableFuture.failedFuture(brokenOff);
        }
        if (onTheCluster(plan)) {
            return CompletableFuture.supplyAsync(() -> recovered(harmed), Runnable::run);
        }
        recoveries.acquire();
        return CompletableFuture.supplyAsync(() -> recovered(harmed), recovering)
                .whenComplete((outcome, brokenOff) -> recoveries.release());
    }

    private HarmedNight harmed(ChaosPlan plan) throws IOException, InterruptedException {
        deleteJars();
        Path round = folder.resolve("seed-" + plan.seed());
        SandboxServer sandbox = sandbox();
        JournalPlace journal = JournalPlace.of(plan.journal(), round);
        try (Relays relays = plan.relayed() ? Relays.open() : Relays.none()) {
            Shop shop = Shop.in(round).with(keys, sandbox, "").with(journal.spark());
            copy(emptyLake, round.resolve("lake"));
            ClusterNight.Setting peace = new ClusterNight.Setting(
                    round, cluster.master(), journal.spark(), journal.jars(), java, options(shop, journal));
            ClusterProcesses processes = new ClusterProcesses(cluster, plan.pick());
            ChaosHarm harm = new ChaosHarm(processes, sandbox, journal, relays.all(), IN_FLIGHT);
            List<ChaosEvent> events = new ArrayList<>();
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
            RoundTime.Night time = new RoundTime.Night(evening, System.currentTimeMillis());
            if (plan.between().isPresent()) {
                ChaosFault fault = plan.between().get();
                events.add(ChaosEvent.of(fault, exitCode == 0 ? Optional.of("no night died") : harm.between(fault)));
            }
            return new HarmedNight(plan, peace, sandbox, journal, harm, events, time, exitCode);
        } catch (IOException | InterruptedException | RuntimeException brokenOff) {
            sandbox.close();
            journal.close();
            throw brokenOff;
        }
    }

    private ChaosOutcome recovered(HarmedNight harmed) {
        try (harmed) {
            return judged(harmed);
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private ChaosOutcome judged(HarmedNight harmed) throws IOException, InterruptedException {
        long began = System.nanoTime();
        ChaosPlan plan = harmed.plan();
        List<String> broken = new ArrayList<>();
        List<RoundTime.Night> times = new ArrayList<>(List.of(harmed.time()));
        int exitCode = harmed.exitCode();
        while (exitCode != 0 && times.size() < 1 + NIGHTS) {
            long evening = System.currentTimeMillis();
            if (onTheCluster(plan)) {
                try (ClusterNight night = ClusterNight.start("night-" + (times.size() + 1), harmed.peace())) {
                    exitCode = night.ended(PATIENCE);
                }
            } else {
                exitCode = drivers.run(harmed.peace().options());
            }
            times.add(new RoundTime.Night(evening, System.currentTimeMillis()));
        }
        if (exitCode != 0) {
            broken.add("no night ended well; the last said " + exitCode + ", see "
                    + (onTheCluster(plan)
                            ? harmed.folder().resolve("night-" + times.size() + ".log")
                            : drivers.logs()));
        }
        ChaosJudge judge = ChaosJudge.of(harmed.folder().resolve("lake"));
        ChaosJudge.Verdict verdict = judge.verdict(harmed.sandbox().ledger(), harmed.harm(), ANSWERED, peaceful);
        broken.addAll(verdict.broken());
        if (broken.isEmpty()) {
            delete(harmed.folder().resolve("lake"));
        }
        double seconds =
                (harmed.time().toMillis() - harmed.time().fromMillis()) / 1e3 + (System.nanoTime() - began) / 1e9;
        List<Long> billed = Repeats.billed(harmed.sandbox().ledger().entries("hunter"));
        return new ChaosOutcome(
                code,
                plan.seed(),
                keys,
                harmed.events().stream()
                        .map(event -> event.withRepeats(
                                verdict.of().lostBy().getOrDefault(event.fault(), 0L),
                                Exposure.bound(event.fault(), harmed.harm().exposures(), billed, ANSWERED)))
                        .toList(),
                harmed.harm().kills(),
                times.size(),
                verdict.repeats(),
                verdict.bound(),
                verdict.told(),
                verdict.late(),
                harmed.harm().unjudged(),
                RoundTime.of(times, harmed.sandbox().ledger().entries("hunter"), seconds),
                broken);
    }

    /** One round in four recovers with a driver of its own and executors that are as new; the others as cheaply as they can. */
    private static boolean onTheCluster(ChaosPlan plan) {
        return plan.seed() % 4 == 0;
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

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(folder)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }

    @Override
    public void close() {
        recovering.shutdown();
        drivers.close();
        cluster.close();
    }
}
