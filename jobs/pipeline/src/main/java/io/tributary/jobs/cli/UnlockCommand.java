package io.tributary.jobs.cli;

import io.tributary.jobs.run.RunLock;
import io.tributary.jobs.store.StoredEntries;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary unlock}. */
@Command(
        name = "unlock",
        description = "Removes the lock of a dead run. Be sure that it is dead: two runs at once may pay twice.",
        mixinStandardHelpOptions = true)
final class UnlockCommand implements Callable<Integer> {
    @Mixin
    ConfOptions conf;

    @Option(names = "--run", required = true, paramLabel = "ID", description = "The run that the refusal named.")
    String run;

    @Override
    public Integer call() throws IOException {
        Settings settings = conf.load();
        boolean cleared = RunLock.clear(
                StoredEntries.settings(new Configuration(), new SparkConf()),
                new Path(settings.lake().files(), "_tributary"),
                run);
        System.out.println(cleared ? "The lock of " + run + " is gone." : "There is no lock of " + run + ".");
        return cleared ? 0 : 1;
    }
}
