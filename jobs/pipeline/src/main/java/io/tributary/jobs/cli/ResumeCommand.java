package io.tributary.jobs.cli;

import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.run.Backfill;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary resume}. */
@Command(
        name = "resume",
        description = {
            "Goes on with the work list of the last run, if that failed, died, was stopped or deferred work: what it had"
                    + " paid for is brought into the tables and not asked again, and what it spent counts.",
            "It reads no extract: records that the last run was the first to read come with the next nightly."
        },
        mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
    @Mixin
    ConfOptions conf;

    @Option(names = "--json", description = "Print the summary as one JSON object on standard output.")
    boolean json;

    @Option(names = "--deferred-ok", description = "Exit with 0, not 3, if work was deferred.")
    boolean deferredOk;

    @Override
    public Integer call() throws IOException {
        Settings settings = conf.load();
        SparkSession spark = Sessions.open(conf.sparkDefaults());
        try {
            Optional<RunSummary> summary = new Backfill(
                            settings,
                            spark,
                            Clock.systemUTC(),
                            new ConsoleProgress(System.err, System.console() != null),
                            json ? line -> {} : System.out::println,
                            Signals.stop())
                    .resume(cut -> Summaries.show(cut, json));
            if (summary.isEmpty()) {
                System.err.println(
                        "There is nothing to go on with: the last run reached its end, or had planned nothing.");
                return 0;
            }
            Summaries.show(summary.get(), json);
            return Summaries.exitCode(summary.get(), deferredOk);
        } finally {
            spark.stop();
        }
    }
}
