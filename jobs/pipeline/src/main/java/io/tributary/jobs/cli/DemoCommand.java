package io.tributary.jobs.cli;

import io.tributary.jobs.demo.Demo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tributary demo}. */
@Command(
        name = "demo",
        description = "Runs two nights over real CRM extracts against a local provider sandbox; no account, no key.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--lake",
            paramLabel = "DIR",
            defaultValue = "demo-lake",
            description = "Where the lake is made (default: ./${DEFAULT-VALUE}).")
    Path lake;

    @Option(
            names = "--faults",
            description = "Let the providers fail: 5xx, hangs, torn answers, 429, 202, a revoked key.")
    boolean faults;

    @Option(
            names = "--quota-scale",
            paramLabel = "N",
            defaultValue = "1",
            description = "Multiply every quota of the sandbox and of the job, to be done sooner.")
    double quotaScale;

    @Option(names = "--set", paramLabel = "PATH=VALUE", description = "Override one setting. May be repeated.")
    List<String> overrides = new ArrayList<>();

    @Option(names = "--json", description = "Print only the summaries, one JSON object for each night.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        Path home = Path.of(System.getProperty("tributary.home", "."));
        Path jar = Path.of(System.getProperty("tributary.sandbox.jar", "jobs/sandbox/target/tributary-sandbox.jar"));
        List<String> options = new ArrayList<>(
                List.of("--latency", "5ms", "--p99", "20ms", "--quota-scale", Double.toString(quotaScale)));
        // Answers that come later are a fault's business: without one, the third night has nothing left to ask.
        options.addAll(faults ? List.of("--faults", "demo") : List.of("--pending", "0"));
        try (SessionHolder session = new SessionHolder(home.resolve("conf/demo/spark-local.conf"))) {
            var out = json ? new java.io.PrintStream(java.io.OutputStream.nullOutputStream()) : System.out;
            Demo.Result demo = new Demo(home, lake, out, new ConsoleProgress(System.err, System.console() != null))
                    .run(jar, options, overrides, quotaScale, faults, session::open);
            if (json) {
                demo.nights().forEach(night -> System.out.println(night.toJson()));
                System.out.println("{\"ledger\":" + demo.ledger() + "}");
                demo.figures().forEach(figure -> System.out.println(figure.toJson()));
            }
            return demo.nights().stream()
                    .mapToInt(night -> night.status().exitCode())
                    .max()
                    .orElse(0);
        }
    }

    /** A session that is opened late and always closed. */
    private static final class SessionHolder implements AutoCloseable {
        private final Path defaults;
        private SparkSession spark;

        SessionHolder(Path defaults) {
            this.defaults = defaults;
        }

        SparkSession open() {
            spark = Sessions.open(defaults);
            return spark;
        }

        @Override
        public void close() {
            if (spark != null) {
                spark.stop();
            }
        }
    }
}
