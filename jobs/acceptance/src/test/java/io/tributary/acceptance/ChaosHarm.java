package io.tributary.acceptance;

import io.tributary.jobs.bench.LocalCluster;
import io.tributary.journal.Segment;
import io.tributary.sandbox.SandboxServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Does harm to one night, and keeps book of what it may have cost. For one thread. */
final class ChaosHarm {
    /** Longer than an executor's lease. */
    private static final Duration FROZEN = Duration.ofSeconds(4);

    /** Until everything that was answered is flushed again. */
    private static final Duration SETTLED = Duration.ofMillis(2500);

    /** How long an executor lives after its driver or its worker. */
    private static final long SURVIVES_MILLIS = 3000;

    private static final String NO_QUIRKS = "{\"quirks\": {\"all\": 0}}";

    private final LocalCluster cluster;
    private final SandboxServer sandbox;
    private final JournalPlace journal;
    private final List<LoopbackRelay> relays;
    private final int inFlight;
    private final int pick;
    private final List<Exposure> exposures = new ArrayList<>();
    private int kills;
    private long segmentRecords;

    ChaosHarm(
            LocalCluster cluster,
            SandboxServer sandbox,
            JournalPlace journal,
            List<LoopbackRelay> relays,
            int inFlight,
            int pick) {
        this.cluster = cluster;
        this.sandbox = sandbox;
        this.journal = journal;
        this.relays = relays;
        this.inFlight = inFlight;
        this.pick = pick;
    }

    List<Exposure> exposures() {
        return List.copyOf(exposures);
    }

    int kills() {
        return kills;
    }

    /** What stood in segments that were torn or deleted: nobody can know of these asks any more. */
    long segmentRecords() {
        return segmentRecords;
    }

    /** Does it; why not, if it can't be done here. */
    Optional<String> during(ChaosFault fault, ClusterNight night) throws IOException, InterruptedException {
        kills += fault.kills() ? 1 : 0;
        long from = System.currentTimeMillis();
        switch (fault) {
            case EXECUTOR_KILLED -> {
                destroyed(executor());
                dead(from, 0, 1);
            }
            case QUIET_EXECUTOR_KILLED -> {
                return killQuietly();
            }
            case WORKER_KILLED -> {
                destroyed(cluster.worker(livingWorker()));
                dead(from, SURVIVES_MILLIS, 1);
                cluster.addWorker();
            }
            case DRIVER_KILLED -> {
                destroyed(night.driver().toHandle());
                dead(from, SURVIVES_MILLIS, 2);
            }
            case ALL_KILLED -> killAll(night, from);
            case EXECUTOR_FROZEN -> {
                frozen(executor());
                pause(SETTLED);
            }
            case DRIVER_FROZEN -> frozen(night.driver().toHandle());
            case NETWORK_STALLED -> {
                relays.forEach(relay -> relay.stall(true));
                pause(FROZEN);
                relays.forEach(relay -> relay.stall(false));
            }
            case PROVIDER_FAILS -> {
                control("{\"rates\": {\"500\": 0.08, \"503\": 0.05, \"429\": 0.03}, \"quirks\": {\"all\": 0}}");
                pause(Duration.ofSeconds(3));
                control(NO_QUIRKS);
            }
            case JOURNAL_FAILS -> {
                journal.order("fail 0.3");
                pause(Duration.ofSeconds(2));
                journal.orderNothing();
                broken(from);
            }
            case JOURNAL_STALLS -> {
                journal.order("stall 1500");
                pause(Duration.ofSeconds(3));
                journal.orderNothing();
                pause(SETTLED);
            }
            case JOURNAL_READ_ONLY -> {
                Optional<String> not = journal.noMount().or(journal::readOnly);
                if (not.isPresent()) {
                    return not;
                }
                pause(Duration.ofSeconds(2));
                journal.writable();
                broken(from);
            }
            case JOURNAL_FULL -> {
                if (journal.noMount().isPresent()) {
                    return journal.noMount();
                }
                journal.fill();
                pause(Duration.ofSeconds(2));
                journal.empty();
                broken(from);
            }
            case SEGMENT_TORN, SEGMENT_DELETED -> throw new IllegalArgumentException(fault + " is for between nights");
        }
        return Optional.empty();
    }

    /** What happens to the newest segment once its night is dead. */
    Optional<String> between(ChaosFault fault) throws IOException {
        Optional<Segment> newest = journal.newest();
        if (newest.isEmpty()) {
            return Optional.of("there is no segment");
        }
        Path file = Path.of(newest.get().path());
        segmentRecords += newest.get().entries().size() + newest.get().intents().size();
        exposures.add(new Exposure(
                0, System.currentTimeMillis(), newest.get().entries().size()));
        if (fault == ChaosFault.SEGMENT_DELETED) {
            Files.delete(file);
        } else {
            try (FileChannel segment = FileChannel.open(file, StandardOpenOption.WRITE)) {
                segment.truncate(segment.size() / 2);
            }
        }
        return Optional.empty();
    }

    /** Everybody pauses, as the provider asks; what was answered before is flushed by the time of the kill. */
    private Optional<String> killQuietly() throws IOException, InterruptedException {
        control("{\"bursts\": [{\"at\": 0, \"calls\": 1000000, \"kind\": \"429\"}], \"retry_after_seconds\": 4,"
                + " \"quirks\": {\"all\": 0}}");
        long refusedBefore = sandbox.ledger().counts("hunter").refusedByFault();
        long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (sandbox.ledger().counts("hunter").refusedByFault() == refusedBefore && System.nanoTime() < until) {
            LockSupport.parkNanos(2_000_000);
        }
        pause(SETTLED);
        // Still refusing: nothing can have been bought since.
        long kill = System.currentTimeMillis();
        destroyed(executor());
        control(NO_QUIRKS);
        exposures.add(new Exposure(kill, kill, 0));
        return Optional.empty();
    }

    private void killAll(ClusterNight night, long from) throws IOException, InterruptedException {
        destroyed(night.driver().toHandle());
        List<Integer> living = livingWorkers();
        for (int worker : living) {
            for (ProcessHandle executor : cluster.executor(worker).toList()) {
                destroyed(executor);
            }
            destroyed(cluster.worker(worker));
        }
        dead(from, System.currentTimeMillis() - from, 2);
        for (int i = 0; i < living.size(); i++) {
            cluster.addWorker();
        }
    }

    private void dead(long from, long lasting, int tasks) {
        exposures.add(Exposure.death(from, from + lasting, tasks, inFlight));
    }

    /** A task whose journal fails is tried four times in all, on each of two executors at once. */
    private void broken(long from) {
        exposures.add(Exposure.death(from, System.currentTimeMillis(), 2 * 4, inFlight));
    }

    private void frozen(ProcessHandle process) throws IOException, InterruptedException {
        signal("STOP", process);
        pause(FROZEN);
        signal("CONT", process);
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private static void destroyed(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Waits for one, as they come and go. */
    private ProcessHandle executor() throws IOException {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < until) {
            List<ProcessHandle> executors = livingWorkers().stream()
                    .flatMap(cluster::executor)
                    .filter(ProcessHandle::isAlive)
                    .toList();
            if (!executors.isEmpty()) {
                return executors.get(pick % executors.size());
            }
            LockSupport.parkNanos(20_000_000);
        }
        throw new IOException("no executor came within 20 s");
    }

    private int livingWorker() {
        List<Integer> living = livingWorkers();
        return living.get(pick % living.size());
    }

    private List<Integer> livingWorkers() {
        return IntStream.range(0, cluster.workers())
                .filter(worker -> cluster.worker(worker).isAlive())
                .boxed()
                .toList();
    }

    private void control(String profile) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/_control/faults"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(profile))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.body());
        }
    }

    private static void pause(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }
}
