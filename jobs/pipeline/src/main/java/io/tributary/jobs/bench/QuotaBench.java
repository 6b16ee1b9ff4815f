package io.tributary.jobs.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;

import io.tributary.jobs.demo.SandboxProcess;
import io.tributary.jobs.report.Figure;
import io.tributary.provider.QuotaWindow;
import io.tributary.quota.BestUse;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How much of a strict quota is used, and what is refused, on a standalone cluster of four executors with nine tenths of the
 * work on one of them: by leases, by even shares, and by a rate limiter on each executor. Then by leases while executors die,
 * stand still and come. The sandbox's list of calls is the judge.
 */
public final class QuotaBench {
    /** What has to be used at least, answers coming after 5 ms. */
    public static final double BOUND = 0.97;

    private static final int EXECUTORS = 4;
    /** The window of two applications. */
    public static final QuotaWindow SECOND = new QuotaWindow(100, Duration.ofSeconds(1), false);

    private static final QuotaWindow MINUTE = new QuotaWindow(5000, Duration.ofMinutes(1), false);

    private final Path home;
    private final Path sandboxJar;
    private final Path folder;
    private final SparkSession spark;
    private final LocalCluster cluster;
    private final PrintStream out;
    private final List<Figure> figures = new ArrayList<>();
    private final QuotaCaller caller;

    /**
     * @param home the project's folder, for the provider's file
     * @param folder an empty folder
     * @param spark a session on the cluster
     */
    public QuotaBench(
            Path home, Path sandboxJar, Path folder, SparkSession spark, LocalCluster cluster, PrintStream out) {
        this.home = home;
        this.sandboxJar = sandboxJar;
        this.folder = folder;
        this.spark = spark;
        this.cluster = cluster;
        this.out = out;
        this.caller = new QuotaCaller(home, folder, spark);
    }

    /** What is measured. */
    public enum Part {
        /** Leases, even shares and a limiter per executor. */
        COMPARED,
        /** Leases while executors die, stand still and come. */
        TROUBLED,
        /** Two applications on one quota. */
        TOGETHER
    }

    /** Who calls. */
    private enum Mode {
        LEASES("leases"),
        EVEN("even shares"),
        PLAIN("a limiter per executor");

        private final String words;

        Mode(String words) {
            this.words = words;
        }
    }

    /** Something to do so many seconds after the calls began. */
    private record Trouble(double atSeconds, String what, Action action) {}

    private interface Action {
        void run() throws IOException;
    }

    /**
     * Measures.
     *
     * @param calls of each comparison
     * @param atMost the longest that each may take
     */
    public List<Figure> run(Set<Part> parts, int calls, Duration atMost) throws IOException, InterruptedException {
        if (parts.contains(Part.COMPARED)) {
            out.printf("%-24s %-14s %8s %8s %8s%n", "who", "answers after", "used", "bound", "refused");
            compared(Mode.LEASES, 5, 20, calls, atMost);
            compared(Mode.LEASES, 50, 80, calls, atMost);
            compared(Mode.LEASES, 200, 300, calls, atMost);
            compared(Mode.EVEN, 5, 20, calls, atMost);
            compared(Mode.PLAIN, 5, 20, calls, atMost);
        }
        if (parts.contains(Part.TROUBLED)) {
            troubled();
        }
        if (parts.contains(Part.TOGETHER)) {
            together();
        }
        return figures;
    }

    private void compared(Mode mode, int latency, int p99, int calls, Duration atMost)
            throws IOException, InterruptedException {
        List<QuotaWindow> windows = List.of(SECOND, MINUTE);
        // Nine tenths on one executor.
        Column bucket = org.apache
                .spark
                .sql
                .functions
                .when(pmod(col("id"), lit(10)).lt(9), lit(0))
                .otherwise(lit(1).plus(pmod(col("id").divide(10).cast("int"), lit(EXECUTORS - 1))))
                .cast("int");
        try (SandboxProcess sandbox = sandbox("100/1s,5000/1m", latency, p99)) {
            String name = mode.name().toLowerCase(Locale.ROOT) + "-" + latency;
            call(mode, name, sandbox.baseUrl(), windows, calls, EXECUTORS, bucket, atMost, Optional.empty(), List.of());
            Arrivals arrivals = Arrivals.of(sandbox.calls("example"));
            double used = arrivals.used(windows, calls, SECOND.calls(), atMost);
            double bound = bound(windows, Duration.ofMillis(latency), atMost);
            out.printf(
                    Locale.ROOT,
                    "%-24s %-14s %7.1f%% %7.1f%% %8d%n",
                    mode.words,
                    latency + " ms",
                    100 * used,
                    100 * bound,
                    arrivals.refused());
            if (mode == Mode.LEASES) {
                figures.add(Figure.atMost("refused, answers after " + latency + " ms", arrivals.refused(), 0));
                if (latency == 5) {
                    figures.add(Figure.atLeast("quota used, answers after 5 ms", used, BOUND));
                }
            }
        }
    }

    /** A call occupies a window until its answer and a length more: no more than this can be used without a risk. */
    private static double bound(List<QuotaWindow> windows, Duration answer, Duration time) {
        List<QuotaWindow> longer = windows.stream()
                .map(window -> new QuotaWindow(window.calls(), window.per().plus(answer), false))
                .toList();
        return (double) BestUse.calls(longer, time) / BestUse.calls(windows, time);
    }

    private void troubled() throws IOException, InterruptedException {
        List<Trouble> troubles = List.of(
                new Trouble(
                        15, "an executor is killed", () -> cluster.executor(0).forEach(ProcessHandle::destroyForcibly)),
                new Trouble(35, "one is frozen for 30 s", () -> signal("STOP", 1)),
                new Trouble(65, "it goes on", () -> signal("CONT", 1)),
                new Trouble(85, "one more comes", cluster::addWorker));
        int calls = 11_000;
        Column bucket = pmod(col("id"), lit(12)).cast("int");
        try (SandboxProcess sandbox = sandbox("100/1s", 5, 20)) {
            call(
                    Mode.LEASES,
                    "troubled",
                    sandbox.baseUrl(),
                    List.of(SECOND),
                    calls,
                    12,
                    bucket,
                    Duration.ofMinutes(4),
                    Optional.empty(),
                    troubles);
            Arrivals arrivals = Arrivals.of(sandbox.calls("example"));
            for (Trouble trouble : troubles) {
                double later = arrivals.perSecond(trouble.atSeconds() + 5, trouble.atSeconds() + 15) / SECOND.calls();
                out.printf(
                        "%s; calls in each second from then on: %s%n",
                        trouble.what(), arrivals.eachSecond((int) trouble.atSeconds(), (int) trouble.atSeconds() + 20));
                figures.add(Figure.atLeast(trouble.what() + ": used from 5 s to 15 s later", later, 0.95));
            }
            figures.add(Figure.atMost("refused meanwhile", arrivals.refused(), 0));
            if (arrivals.refused() > 0) {
                out.println("refused after " + arrivals.refusedAt() + " s");
            }
        }
    }

    /** This application and another one, each with its own Spark, which know each other by the ledger only. */
    private void together() throws IOException, InterruptedException {
        Path ledger = Files.createDirectories(folder.resolve("quota"));
        int calls = 9000;
        Column bucket = pmod(col("id"), lit(EXECUTORS)).cast("int");
        caller.prepare("together", calls, bucket);
        Process other = null;
        try (SandboxProcess sandbox = sandbox("100/1s", 5, 20)) {
            other = new ProcessBuilder(
                            home.resolve("tributary").toString(),
                            "bench",
                            "quota-application",
                            "--sandbox=" + sandbox.baseUrl(),
                            "--ledger=" + ledger,
                            "--folder=" + Files.createDirectories(folder.resolve("other")),
                            "--calls=" + calls)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("other.log").toFile())
                    .start();
            new SandboxWatch(sandbox.baseUrl()).awaitFirstCall(other.toHandle().onExit());
            call(
                    Mode.LEASES,
                    "together",
                    sandbox.baseUrl(),
                    List.of(SECOND),
                    calls,
                    EXECUTORS,
                    bucket,
                    Duration.ofSeconds(75),
                    Optional.of(ledger),
                    List.of());
            Arrivals arrivals = Arrivals.of(sandbox.calls("example"));
            figures.add(Figure.atLeast(
                    "two applications: used together from 20 s to 70 s",
                    arrivals.perSecond(20, 70) / SECOND.calls(),
                    0.95));
            figures.add(Figure.atMost("two applications: refused", arrivals.refused(), 0));
        } finally {
            if (other != null) {
                other.descendants().forEach(ProcessHandle::destroyForcibly);
                other.destroyForcibly();
            }
        }
    }

    private void signal(String name, int worker) throws IOException {
        for (ProcessHandle executor : cluster.executor(worker).toList()) {
            new ProcessBuilder("kill", "-" + name, Long.toString(executor.pid())).start();
        }
    }

    private SandboxProcess sandbox(String quota, int latency, int p99) throws IOException {
        return SandboxProcess.start(
                sandboxJar,
                List.of(
                        "--quota",
                        "example=" + quota,
                        "--latency",
                        latency + "ms",
                        "--p99",
                        p99 + "ms",
                        "--pending",
                        "0"));
    }

    private void call(
            Mode mode,
            String run,
            String sandbox,
            List<QuotaWindow> windows,
            int calls,
            int buckets,
            Column bucket,
            Duration atMost,
            Optional<Path> ledger,
            List<Trouble> troubles)
            throws IOException, InterruptedException {
        Runnable calling;
        if (mode == Mode.PLAIN) {
            double each = (double) SECOND.calls() / EXECUTORS;
            Dataset<Row> work = caller.work(run, calls, bucket);
            calling = () -> work.repartitionById(buckets, col("bucket"))
                    .foreachPartition(
                            new PlainLimiter(sandbox + "/example/v1/person/enrich", ExampleProvider.KEY, each));
        } else {
            if (ledger.isEmpty()) {
                caller.prepare(run, calls, bucket);
            }
            calling = () -> {
                try {
                    caller.call(
                            run, sandbox, windows, buckets, mode == Mode.EVEN ? EXECUTORS : 0, ledger, out::println);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };
        }
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            SandboxWatch watch = new SandboxWatch(sandbox);
            Future<?> done = thread.submit(calling);
            watch.awaitFirstCall(done);
            long start = System.nanoTime();
            for (Trouble trouble : troubles) {
                TimeUnit.NANOSECONDS.sleep(
                        Math.max(0, (long) (trouble.atSeconds() * 1e9) - (System.nanoTime() - start)));
                trouble.action().run();
            }
            try {
                long left = atMost.toNanos() + TimeUnit.SECONDS.toNanos(2) - (System.nanoTime() - start);
                done.get(Math.max(1, left), TimeUnit.NANOSECONDS);
            } catch (TimeoutException enough) {
                spark.sparkContext().cancelAllJobs();
                ended(done);
            } catch (ExecutionException broken) {
                throw new IOException(mode.words + " failed", broken.getCause());
            }
        } finally {
            thread.shutdown();
        }
    }

    /** What was cancelled ends with an exception that says nothing. */
    private static void ended(Future<?> cancelled) throws InterruptedException {
        try {
            cancelled.get();
        } catch (ExecutionException expected) {
            return;
        }
    }
}
