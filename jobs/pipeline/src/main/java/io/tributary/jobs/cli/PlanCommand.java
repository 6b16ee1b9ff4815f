package io.tributary.jobs.cli;

import io.tributary.jobs.run.Nightly;
import io.tributary.jobs.run.PlanReport;
import io.tributary.settings.Settings;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tributary plan}. */
@Command(
        name = "plan",
        description = "Says what a nightly would ask, whom, and what it would cost at most; spends nothing.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Mixin
    ConfOptions conf;

    @Mixin
    NightlyCommand.TimeOptions time;

    @Option(names = "--json", description = "Print the plan as one JSON object.")
    boolean json;

    @Override
    public Integer call() throws java.io.IOException {
        Settings settings = conf.load();
        SparkSession spark = Sessions.open(conf.sparkDefaults());
        try {
            System.out.println(planned(settings, spark));
            return 0;
        } finally {
            spark.stop();
        }
    }

    /** What this command prints, in a session that stays open. */
    String planned(Settings settings, SparkSession spark) throws java.io.IOException {
        PlanReport plan = new Nightly(
                        settings,
                        spark,
                        Clock.systemUTC(),
                        new ConsoleProgress(System.err, System.console() != null),
                        json ? line -> {} : System.out::println)
                .plan(time.options(command));
        return json ? plan.json() : plan.text();
    }
}
