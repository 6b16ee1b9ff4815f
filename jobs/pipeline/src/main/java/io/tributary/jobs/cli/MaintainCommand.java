package io.tributary.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.jobs.run.Maintain;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary maintain}. */
@Command(
        name = "maintain",
        description = {
            "Compacts the tables, removes files that no version within retention.time-travel needs, journals and work lists"
                    + " that nobody needs any more, and raw bodies if retention.raw-bodies says so.",
            "It may run beside a night: it takes the tables for one short step at a time."
        },
        mixinStandardHelpOptions = true)
final class MaintainCommand implements Callable<Integer> {
    @Mixin
    ConfOptions conf;

    @Option(
            names = "--cluster",
            description =
                    "Also rewrite history, identities and the golden tables sorted by what single rows are looked up by."
                            + " Takes as long as it takes to write them, and their earlier files stay for the time travel.")
    boolean cluster;

    @Option(names = "--json", description = "Print one JSON object only.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        Settings settings = conf.load();
        SparkSession spark = Sessions.open(conf.sparkDefaults());
        try {
            Maintain.Result result =
                    new Maintain(settings, spark, Clock.systemUTC(), System.err::println, Signals.stop()).run(cluster);
            System.out.println(json ? json(result) : text(result));
            return 0;
        } finally {
            spark.stop();
        }
    }

    static String text(Maintain.Result result) {
        StringBuilder out = new StringBuilder();
        result.tables()
                .forEach((table, tidied) -> out.append(String.format(
                        Locale.ROOT,
                        "%-14s %,7d files fewer, %,15d bytes now, %,15d before%n",
                        table,
                        tidied.fewerFiles(),
                        tidied.bytesAfter(),
                        tidied.bytesBefore())));
        return out.append(String.format(
                        Locale.ROOT,
                        "Removed: journals of %,d runs, work lists of %,d runs, raw bodies of %,d answers.",
                        result.journals(),
                        result.workLists(),
                        result.rawBodies()))
                .toString();
    }

    static String json(Maintain.Result result) {
        ObjectNode root = new ObjectMapper()
                .createObjectNode()
                .put("journals", result.journals())
                .put("work_lists", result.workLists())
                .put("raw_bodies", result.rawBodies());
        ObjectNode tables = root.putObject("tables");
        result.tables().forEach((table, tidied) -> tables.putObject(table)
                .put("fewer_files", tidied.fewerFiles())
                .put("bytes_before", tidied.bytesBefore())
                .put("bytes_after", tidied.bytesAfter()));
        return root.toString();
    }
}
