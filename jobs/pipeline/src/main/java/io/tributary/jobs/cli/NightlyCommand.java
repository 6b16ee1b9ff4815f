package io.tributary.jobs.cli;

import io.tributary.jobs.read.Interval;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.run.ForceRefresh;
import io.tributary.jobs.run.Nightly;
import io.tributary.jobs.run.RunOptions;
import io.tributary.model.LookupKey;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tributary nightly}. */
@Command(
        name = "nightly",
        description = "Reads the extracts, asks for what is new or due, and brings the golden tables up to date.",
        mixinStandardHelpOptions = true)
final class NightlyCommand implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Mixin
    ConfOptions conf;

    @Mixin
    TimeOptions time;

    @Option(names = "--json", description = "Print the summary as one JSON object on standard output.")
    boolean json;

    @Option(names = "--summary-file", paramLabel = "FILE", description = "Also write the summary as JSON to this file.")
    Optional<Path> summaryFile;

    @Option(names = "--deferred-ok", description = "Exit with 0, not 3, if work was deferred.")
    boolean deferredOk;

    @Override
    public Integer call() throws IOException {
        Settings settings = conf.load();
        RunOptions options = time.options(command);
        SparkSession spark = Sessions.open(conf.sparkDefaults());
        try {
            RunSummary summary = new Nightly(
                            settings,
                            spark,
                            Clock.systemUTC(),
                            new ConsoleProgress(System.err, System.console() != null),
                            json ? line -> {} : System.out::println,
                            Signals.stop())
                    .run(options, this::show);
            show(summary);
            return Summaries.exitCode(summary, deferredOk);
        } finally {
            spark.stop();
        }
    }

    private void show(RunSummary summary) {
        Summaries.show(summary, json);
        summaryFile.ifPresent(file -> {
            try {
                Files.writeString(file, summary.toJson() + "\n", StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("the summary can't be written", e);
            }
        });
    }

    /** The run's clock and its extracts. */
    static final class TimeOptions {
        @Option(
                names = "--as-of",
                paramLabel = "TIME",
                description =
                        "Where the run's clock starts: decides what is fresh, and stamps new answers (default: now).")
        String asOf = "";

        @Option(names = "--interval-start", paramLabel = "TIME", description = "Only extracts made from then on.")
        String from = "";

        @Option(names = "--interval-end", paramLabel = "TIME", description = "Only extracts made before then.")
        String to = "";

        @Option(
                names = "--force-refresh",
                paramLabel = "CONDITION",
                description =
                        "Ask again although answers are fresh, about records of which this Spark SQL condition holds (true"
                                + " for all). What was answered in the last twelve hours stands.")
        Optional<String> forceWhere = Optional.empty();

        @Option(
                names = "--force-key",
                paramLabel = "KEY",
                description =
                        "The same about one key as it stands in the tables, such as email:ada@acme.com. May be repeated.")
        Set<String> forceKeys = new LinkedHashSet<>();

        @Option(
                names = "--force-provider",
                paramLabel = "PROVIDER",
                split = ",",
                description = "The same of the answers of these providers only.")
        Set<String> forceProviders = new LinkedHashSet<>();

        @Option(
                names = "--full",
                description =
                        "Look at all records, not only at those of which something has changed since the last night.")
        boolean full;

        RunOptions options(CommandSpec command) {
            forceKeys.forEach(key -> checkKey(command, key));
            boolean forces = forceWhere.isPresent() || !forceKeys.isEmpty() || !forceProviders.isEmpty();
            Interval interval = new Interval(
                    from.isEmpty() ? Interval.ALL.from() : ConfOptions.instant(command, "--interval-start", from),
                    to.isEmpty() ? Interval.ALL.to() : ConfOptions.instant(command, "--interval-end", to));
            return new RunOptions(
                    asOf.isEmpty() ? Optional.empty() : Optional.of(ConfOptions.instant(command, "--as-of", asOf)),
                    interval,
                    new ForceRefresh(forces, forceWhere, forceKeys, forceProviders),
                    full);
        }

        private static void checkKey(CommandSpec command, String key) {
            try {
                LookupKey.parse(key);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(
                        command.commandLine(),
                        "--force-key takes a key as it stands in _lookup_key, such as email:ada@acme.com");
            }
        }
    }
}
