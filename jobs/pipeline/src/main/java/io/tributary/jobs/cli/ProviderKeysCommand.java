package io.tributary.jobs.cli;

import io.tributary.jobs.report.KeyHistory;
import io.tributary.jobs.run.ConfiguredKeys;
import io.tributary.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary providers keys}. */
@Command(
        name = "keys",
        description = "Shows where each provider's keys are kept, how often they were used and refused, and when last;"
                + " never a key itself.",
        mixinStandardHelpOptions = true)
final class ProviderKeysCommand implements Callable<Integer> {
    @Mixin
    ConfOptions conf;

    @Option(names = "--days", defaultValue = "30", description = "How far back (default: ${DEFAULT-VALUE}).")
    int days;

    @Override
    public Integer call() {
        Settings settings = conf.load();
        SparkSession spark = Sessions.open(conf.sparkDefaults());
        try {
            System.out.print(KeyHistory.text(new ConfiguredKeys(settings)
                    .withHistory(spark, Clock.systemUTC().instant().minus(Duration.ofDays(days)))));
            return 0;
        } finally {
            spark.stop();
        }
    }
}
