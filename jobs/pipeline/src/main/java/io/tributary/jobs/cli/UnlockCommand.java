package io.tributary.jobs.cli;

import io.tributary.jobs.run.LakeRegister;
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
        description = "Strikes a dead run from those at work on the lake. Should it be alive after all, it stops.",
        mixinStandardHelpOptions = true)
final class UnlockCommand implements Callable<Integer> {
    @Mixin
    ConfOptions conf;

    @Option(names = "--run", required = true, paramLabel = "ID", description = "The run that the refusal named.")
    String run;

    @Override
    public Integer call() throws IOException {
        Settings settings = conf.load();
        boolean cleared = LakeRegister.clear(
                StoredEntries.settings(new Configuration(), new SparkConf()),
                new Path(settings.lake().files(), "_tributary"),
                run);
        System.out.println(cleared ? "Run " + run + " is struck out." : "There is no run " + run + " on this lake.");
        return cleared ? 0 : 1;
    }
}
