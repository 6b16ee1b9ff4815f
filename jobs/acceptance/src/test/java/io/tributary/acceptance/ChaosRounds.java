package io.tributary.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.jobs.bench.LocalCluster;
import io.tributary.jobs.run.LakeJudge;
import io.tributary.sandbox.Latency;
import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
import io.tributary.sandbox.fault.FaultProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final Duration PATIENCE = Duration.ofMinutes(5);

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
        List<String> faults = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        List<LoopbackRelay> relays = new ArrayList<>();
        Map<String, String> spark = new HashMap<>();
        try (SandboxServer sandbox = sandbox();
                JournalPlace journal = JournalPlace.of(plan.journal(), round)) {
            Shop shop = Shop.in(round).with(keys, sandbox, "");
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
            spark.put("spark.driver.host", "127.0.0.1");
            spark.putAll(journal.spark());
            Map<String, String> harmed = new HashMap<>(spark);
            if (plan.holds(ChaosFault.NETWORK_STALLED)) {
                harmed.putAll(relayed(relays));
            }
            ChaosHarm harm = new ChaosHarm(cluster, sandbox, journal, relays, IN_FLIGHT, plan.pick());
            int exitCode;
            try (ClusterNight night =
                    ClusterNight.start(round, "night-1", cluster.master(), harmed, journal.jars(), options)) {
                for (ChaosPlan.Step step : plan.steps()) {
                    faults.add(step.fault().words()
                            + (reaches(step, sandbox, night)
                                    ? harm.during(step.fault(), night)
                                            .map(why -> ": not run: " + why)
                                            .orElse("")
                                    : ": not run: the night had ended"));
                }
                exitCode = night.ended(PATIENCE);
            } finally {
                for (LoopbackRelay relay : relays) {
                    relay.close();
                }
            }
            if (plan.between().isPresent()) {
                ChaosFault fault = plan.between().get();
                faults.add(fault.words()
                        + (exitCode == 0
                                ? ": not run: no night died"
                                : harm.between(fault)
                                        .map(why -> ": not run: " + why)
                                        .orElse("")));
            }
            int nights = 1;
            while (exitCode != 0 && nights < 1 + NIGHTS) {
                nights++;
                try (ClusterNight night = ClusterNight.start(
                        round, "night-" + nights, cluster.master(), spark, journal.jars(), options)) {
                    exitCode = night.ended(PATIENCE);
                }
            }
            if (exitCode != 0) {
                broken.add("no night ended well; the last said " + exitCode + ", see "
                        + round.resolve("night-" + nights + ".log"));
            }
            LakeJudge judge = ChaosJudge.of(round.resolve("lake"));
            long bound = Exposure.repeats(harm.exposures(), ChaosJudge.billed(sandbox.ledger()), ANSWERED);
            long repeats = sandbox.ledger().counts("hunter").repeats();
            long told = judge.told();
            broken.addAll(broken(sandbox, judge, harm, repeats, bound, told));
            if (broken.isEmpty()) {
                delete(round.resolve("lake"));
            }
            deleteJars();
            return new ChaosOutcome(
                    plan.seed(),
                    keys,
                    faults,
                    harm.kills(),
                    nights,
                    repeats,
                    bound,
                    told,
                    (System.nanoTime() - began) / 1e9,
                    broken);
        }
    }

    private List<String> broken(
            SandboxServer sandbox, LakeJudge judge, ChaosHarm harm, long repeats, long bound, long told) {
        List<String> broken = new ArrayList<>();
        judge.lost(sandbox.ledger(), "hunter").forEach(key -> broken.add("paid for, and not in history: " + key));
        judge.doubled().forEach(row -> broken.add("twice in its table: " + row));
        if (repeats > bound) {
            broken.add(repeats + " answers were paid for twice, where " + bound + " can have been lost");
        }
        if (repeats - harm.segmentRecords() > told) {
            broken.add(repeats + " answers were paid for twice, and the summaries tell of " + told);
        }
        long refused = sandbox.ledger().counts("hunter").refusedByWindow();
        if (refused > 0) {
            broken.add(refused + " calls were refused by a window: somebody called without a part of the quota");
        }
        broken.addAll(judge.differences(peaceful.join()));
        return broken;
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

    /** The driver is found at another address, from which the relays pass everything on. */
    private static Map<String, String> relayed(List<LoopbackRelay> relays) throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of("spark.driver.host", LoopbackRelay.HOST));
        for (String port : List.of("spark.driver.port", "spark.driver.blockManager.port")) {
            int free;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                free = socket.getLocalPort();
            }
            relays.add(new LoopbackRelay(free));
            settings.put(port, Integer.toString(free));
        }
        return settings;
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
