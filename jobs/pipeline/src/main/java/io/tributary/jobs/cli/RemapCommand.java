package io.tributary.jobs.cli;

import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.run.Remap;
import io.tributary.jobs.run.RemapRequest;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tributary remap}. */
@Command(
        name = "remap",
        description = {
            "Reads the answers in history again, where a provider's file has changed since, and makes the golden tables again."
                    + " Nobody is asked, and nothing is paid.",
            "Started again after it was cut off, it does what is missing; a second time it changes nothing."
        },
        mixinStandardHelpOptions = true)
final class RemapCommand implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Mixin
    ConfOptions conf;

    @Option(
            names = {"--provider", "--providers"},
            split = ",",
            paramLabel = "PROVIDER",
            description = "Whose answers (default: all).")
    Set<String> providers = new LinkedHashSet<>();

    @Option(
            names = "--all",
            description =
                    "Answers too that today's version of the file has read: for a new version of Tributary itself.")
    boolean all;

    @Option(
            names = "--merge-only",
            description = "Leave history alone, and make the golden tables again: for a rule or a normal form of the"
                    + " settings that has changed.")
    boolean mergeOnly;

    @Option(names = "--json", description = "Print the summary as one JSON object on standard output.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        Settings settings = conf.load();
        RemapRequest request = request(settings);
        SparkSession spark = Sessions.open(conf.sparkDefaults());
        try {
            RunSummary summary = new Remap(
                            settings,
                            spark,
                            Clock.systemUTC(),
                            new ConsoleProgress(System.err, System.console() != null),
                            json ? line -> {} : System.out::println,
                            Signals.stop())
                    .run(request, cut -> Summaries.show(cut, json));
            Summaries.show(summary, json);
            // What waits was waiting before.
            return Summaries.exitCode(summary, true);
        } finally {
            spark.stop();
        }
    }

    private RemapRequest request(Settings settings) {
        providers.stream()
                .filter(name -> !settings.providers().containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ParameterException(
                            command.commandLine(),
                            "--provider: the settings have no provider " + name + "; they have "
                                    + String.join(", ", settings.providers().keySet()));
                });
        if (mergeOnly && (all || !providers.isEmpty())) {
            throw new ParameterException(
                    command.commandLine(), "--merge-only reads no answers again: leave --all and --provider away");
        }
        return new RemapRequest(providers, all, mergeOnly);
    }
}
