package io.tributary.jobs.cli;

import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.run.HistoryImport;
import io.tributary.settings.ImportSettings;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tributary import-history}. */
@Command(
        name = "import-history",
        description = {
            "Brings a provider's export, or a file that was enriched elsewhere, into history with its dates, so that a night does"
                    + " not buy it again. Costs nothing and sends nothing; a second import of the same adds nothing.",
            "FILE says in YAML what the files are: see docs/import-history.md."
        },
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Mixin
    ConfOptions conf;

    @Parameters(paramLabel = "FILE", description = "What to import, in YAML.")
    Path file;

    @Option(
            names = "--as-of",
            paramLabel = "DAY",
            description = "The day of answers whose row tells none, in place of the file's.")
    String asOf = "";

    @Option(names = "--json", description = "Print the summary as one JSON object on standard output.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        Settings settings = conf.load();
        ImportSettings read = ImportSettings.load(file, settings);
        ImportSettings from = asOf.isEmpty() ? read : read.asOf(ConfOptions.instant(command, "--as-of", asOf));
        SparkSession spark = Sessions.open(conf.sparkDefaults());
        try {
            RunSummary summary = new HistoryImport(
                            settings,
                            from,
                            spark,
                            Clock.systemUTC(),
                            new ConsoleProgress(System.err, System.console() != null),
                            json ? line -> {} : System.out::println,
                            Signals.stop())
                    .run(cut -> Summaries.show(cut, json));
            Summaries.show(summary, json);
            return Summaries.exitCode(summary, false);
        } finally {
            spark.stop();
        }
    }
}
