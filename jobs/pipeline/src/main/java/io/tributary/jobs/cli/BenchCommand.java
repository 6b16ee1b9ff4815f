package io.tributary.jobs.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;

import io.tributary.jobs.StoppedException;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.bench.BudgetBench;
import io.tributary.jobs.bench.EngineBench;
import io.tributary.jobs.bench.ExplainBench;
import io.tributary.jobs.bench.JournalBench;
import io.tributary.jobs.bench.LocalCluster;
import io.tributary.jobs.bench.QuotaBench;
import io.tributary.jobs.bench.QuotaCaller;
import io.tributary.jobs.report.Figure;
import io.tributary.jobs.run.CallCounts;
import io.tributary.jobs.run.Nightly;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tributary bench}. */
@Command(
        name = "bench",
        description = "Measures, as ratios within one run, and says whether the bound holds.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "WHAT")
final class BenchCommand {
    @Command(
            name = "engine",
            description = "Calls a second of the call step over those of a bare HTTP client in a loop.",
            mixinStandardHelpOptions = true)
    int engine(
            @Option(names = "--calls", defaultValue = "400000", description = "Calls of each side in a round.")
                    int calls,
            @Option(names = "--rounds", defaultValue = "3", description = "Rounds after one to warm up.") int rounds,
            @Option(names = "--json", description = "Print one JSON object only.") boolean json)
            throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("tributary.home", "."));
        Path jar = Path.of(System.getProperty("tributary.sandbox.jar", "jobs/sandbox/target/tributary-sandbox.jar"));
        PrintStream out = json ? new PrintStream(java.io.OutputStream.nullOutputStream()) : System.out;
        Path scratch = Files.createTempDirectory("tributary-bench");
        SparkSession spark = Sessions.open(home.resolve("conf/spark-local.conf"));
        try {
            Figure figure = new EngineBench(home, jar, out).run(spark, scratch, calls, rounds);
            System.out.println(json ? figure.toJson() : figure.toString());
            return figure.passes() ? 0 : 1;
        } finally {
            spark.stop();
            delete(scratch);
        }
    }

    @Command(
            name = "journal",
            description = "Calls a second with the journal over calls a second without, in rounds that alternate.",
            mixinStandardHelpOptions = true)
    int journal(
            @Option(names = "--calls", defaultValue = "200000", description = "Calls of each side in a round.")
                    int calls,
            @Option(names = "--rounds", defaultValue = "5", description = "Rounds after one to warm up.") int rounds,
            @Option(names = "--json", description = "Print one JSON object only.") boolean json)
            throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("tributary.home", "."));
        Path jar = Path.of(System.getProperty("tributary.sandbox.jar", "jobs/sandbox/target/tributary-sandbox.jar"));
        PrintStream out = json ? new PrintStream(java.io.OutputStream.nullOutputStream()) : System.out;
        Path scratch = Files.createTempDirectory("tributary-bench");
        try {
            Figure figure = new JournalBench(home, jar, out).run(scratch, calls, rounds);
            System.out.println(json ? figure.toJson() : figure.toString());
            return figure.passes() ? 0 : 1;
        } finally {
            delete(scratch);
        }
    }

    @Command(
            name = "quota",
            description =
                    "How much of a strict quota four executors use, and what is refused: by leases, by even shares, by"
                            + " a limiter per executor; while executors die, stand still and come; and by two applications at once."
                            + " About 14 minutes.",
            mixinStandardHelpOptions = true)
    int quota(
            @Option(names = "--calls", defaultValue = "10000", description = "Calls of each comparison.") int calls,
            @Option(names = "--seconds", defaultValue = "105", description = "The longest that one may take.")
                    int seconds,
            @Option(names = "--json", description = "Print JSON objects only.") boolean json,
            @Parameters(arity = "0..*", paramLabel = "PART", description = "${COMPLETION-CANDIDATES}; all if absent.")
                    Set<QuotaBench.Part> parts)
            throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("tributary.home", "."));
        Path jar = Path.of(System.getProperty("tributary.sandbox.jar", "jobs/sandbox/target/tributary-sandbox.jar"));
        PrintStream out = json ? new PrintStream(java.io.OutputStream.nullOutputStream()) : System.out;
        Path scratch = Files.createTempDirectory("tributary-bench");
        Path job = home.resolve("jobs/pipeline/target/tributary-job.jar");
        try (LocalCluster cluster =
                LocalCluster.start(home.resolve("jobs/spark/target/spark"), scratch.resolve("cluster"), 4)) {
            SparkSession spark = Sessions.open(
                    home.resolve("conf/spark-local.conf"),
                    Map.of(
                            "spark.master", cluster.master(),
                            "spark.jars", job.toString(),
                            "spark.executor.cores", "1",
                            "spark.executor.memory", "600m",
                            "spark.driver.host", "127.0.0.1",
                            "spark.driver.bindAddress", "127.0.0.1"));
            try {
                List<Figure> figures = new QuotaBench(
                                home, jar, Files.createDirectory(scratch.resolve("lake")), spark, cluster, out)
                        .run(
                                parts == null ? EnumSet.allOf(QuotaBench.Part.class) : parts,
                                calls,
                                Duration.ofSeconds(seconds));
                figures.forEach(figure -> System.out.println(json ? figure.toJson() : figure.toString()));
                return figures.stream().allMatch(Figure::passes) ? 0 : 1;
            } finally {
                spark.stop();
            }
        } finally {
            delete(scratch);
        }
    }

    @Command(name = "quota-application", hidden = true, description = "The other application of bench quota.")
    int quotaApplication(
            @Option(names = "--sandbox", required = true) String sandbox,
            @Option(names = "--ledger", required = true) Path ledger,
            @Option(names = "--folder", required = true) Path folder,
            @Option(names = "--calls", required = true) int calls)
            throws IOException {
        Path home = Path.of(System.getProperty("tributary.home", "."));
        SparkSession spark = Sessions.open(home.resolve("conf/spark-local.conf"));
        try {
            QuotaCaller caller = new QuotaCaller(home, folder, spark);
            caller.prepare("other", calls, pmod(col("id"), lit(2)).cast("int"));
            caller.call("other", sandbox, List.of(QuotaBench.SECOND), 2, 0, Optional.of(ledger), System.out::println);
            return 0;
        } finally {
            spark.stop();
        }
    }

    @Command(
            name = "budget",
            description =
                    "How exactly a budget is spent: races of eight tasks for the credits of a cap. About 15 minutes on two busy cores.",
            mixinStandardHelpOptions = true)
    int budget(
            @Option(names = "--races", defaultValue = "20", description = "Races, each with a cap of its own.")
                    int races,
            @Option(names = "--json", description = "Print JSON objects only.") boolean json)
            throws IOException {
        Path home = Path.of(System.getProperty("tributary.home", "."));
        Path jar = Path.of(System.getProperty("tributary.sandbox.jar", "jobs/sandbox/target/tributary-sandbox.jar"));
        PrintStream out = json ? new PrintStream(java.io.OutputStream.nullOutputStream()) : System.out;
        Path scratch = Files.createTempDirectory("tributary-bench");
        SparkSession spark = Sessions.open(home.resolve("conf/spark-local.conf"), Map.of("spark.master", "local[8]"));
        try {
            List<Figure> figures = new BudgetBench(home, jar, scratch, spark, out).run(races);
            figures.forEach(figure -> System.out.println(json ? figure.toJson() : figure.toString()));
            return figures.stream().allMatch(Figure::passes) ? 0 : 1;
        } finally {
            spark.stop();
            delete(scratch);
        }
    }

    @Command(
            name = "explain",
            description =
                    "Seconds that the story of a record takes in a long history, which is made first. About 4 minutes.",
            mixinStandardHelpOptions = true)
    int explain(
            @Option(names = "--answers", defaultValue = "1000000", description = "Rows of history.") int answers,
            @Option(names = "--json", description = "Print one JSON object only.") boolean json)
            throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("tributary.home", "."));
        PrintStream out = json ? new PrintStream(java.io.OutputStream.nullOutputStream()) : System.out;
        Path scratch = Files.createTempDirectory("tributary-bench");
        try {
            Path conf = home.resolve("conf");
            ConfOptions options = new ConfOptions();
            options.conf = conf;
            options.overrides.add("lake={root: \"" + scratch.resolve("lake") + "\"}");
            ExplainBench bench = new ExplainBench(conf, options.load(), answers, out);
            SparkSession spark = Sessions.open(home.resolve("conf/spark-local.conf"));
            try {
                bench.build(spark);
            } finally {
                spark.stop();
            }
            Figure figure = bench.run();
            System.out.println(json ? figure.toJson() : figure.toString());
            return figure.passes() ? 0 : 1;
        } finally {
            delete(scratch);
        }
    }

    @Command(
            name = "calls",
            description =
                    "Calls for each row of the extracts, with one way to spare calls more from line to line: distinct keys,"
                            + " history, aliases, stopping. Plans on the lake as it stands, and sends nothing.",
            mixinStandardHelpOptions = true)
    int calls(
            @Mixin ConfOptions conf,
            @Mixin NightlyCommand.TimeOptions time,
            @Option(
                            names = "--hit-rate",
                            defaultValue = "0.6",
                            description = "The part of answers that have data, of providers without a past on this lake"
                                    + " (default: ${DEFAULT-VALUE}).")
                    double hitRate,
            @Option(names = "--json", description = "Print one JSON object only.") boolean json)
            throws IOException {
        Settings settings = conf.load();
        SparkSession spark = Sessions.open(conf.sparkDefaults());
        try {
            CallCounts counts = new Nightly(
                            settings,
                            spark,
                            Clock.systemUTC(),
                            Progress.silent(),
                            json ? line -> {} : System.out::println)
                    .calls(time.options(conf.command), hitRate);
            System.out.print(json ? counts.json() + "\n" : counts.text());
            return 0;
        } finally {
            spark.stop();
        }
    }

    @Command(
            name = "mapping",
            description = "Answers that one core normalises in a second, for a reply of 2 KB of each provider (JMH).",
            mixinStandardHelpOptions = true)
    int mapping(
            @Option(names = "--json", description = "Print one JSON object only.") boolean json,
            @Parameters(arity = "0..*", paramLabel = "NAME", description = "Providers; all if absent.")
                    List<String> providers)
            throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("tributary.home", "."));
        Path jar = home.resolve("jobs/bench/target/tributary-bench.jar");
        if (!Files.isRegularFile(jar)) {
            throw new StoppedException(
                    "the benchmark is not built; run: mvn -q -pl jobs/bench -am package -DskipTests");
        }
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toString(),
                home.resolve("conf").toString()));
        if (json) {
            line.add("--json");
        }
        line.addAll(providers == null ? List.of() : providers);
        return new ProcessBuilder(line).inheritIO().start().waitFor();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
