package io.tributary.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.coordinator.Claim;
import io.tributary.coordinator.RunShares;
import io.tributary.coordinator.WindowState;
import io.tributary.jobs.ask.QuotaLedger;
import io.tributary.jobs.store.StoredEntries;
import io.tributary.settings.Settings;
import io.tributary.yaml.Durations;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary quota}. */
@Command(
        name = "quota",
        description = "Shows what is used of each account's quota, and by which runs, as they last wrote it down.",
        mixinStandardHelpOptions = true)
final class QuotaCommand implements Callable<Integer> {
    @Mixin
    ConfOptions conf;

    @Option(names = "--json", description = "Print one JSON object only.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        Settings settings = conf.load();
        Configuration hadoop = StoredEntries.settings(new Configuration(), new SparkConf());
        RunShares.State state = new QuotaLedger(
                        new StoredEntries(hadoop, new Path(settings.sharing().ledger(), "entries")),
                        "",
                        Claim.EQUAL,
                        Map.of(),
                        Clock.systemUTC())
                .state();
        System.out.print(json ? json(state, Instant.now()) + "\n" : text(state, Instant.now()));
        return 0;
    }

    static String text(RunShares.State state, Instant now) {
        StringBuilder out = new StringBuilder();
        each(state, now, (account, window, use) -> {
            out.append(String.format(Locale.ROOT, "%-20s %-32s %,10d used%n", account, window, use.used()));
            use.runs()
                    .forEach((run, part) -> out.append(String.format(
                            Locale.ROOT,
                            "  %-50s %,10d held, %,d used, seen %d s ago%n",
                            run,
                            part.held(),
                            part.occupied(),
                            Duration.ofNanos(nanos(now) - part.seenNanos()).toSeconds())));
        });
        return out.isEmpty() ? "Nothing is used of any quota.\n" : out.toString();
    }

    static String json(RunShares.State state, Instant now) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        ArrayNode windows = root.putArray("windows");
        each(state, now, (account, window, use) -> {
            ArrayNode runs = windows.addObject()
                    .put("account", account)
                    .put("window", window)
                    .put("used", use.used())
                    .putArray("runs");
            use.runs().forEach((run, part) -> runs.addObject()
                    .put("run_id", run)
                    .put("held", part.held())
                    .put("used", part.occupied())
                    .put("priority", part.priority())
                    .put("weight", part.weight()));
        });
        return root.toString();
    }

    private record Use(long used, Map<String, WindowState.Part> runs) {}

    private interface Line {
        void of(String account, String window, Use use);
    }

    /** What has left by now is not shown. */
    private static void each(RunShares.State state, Instant now, Line line) {
        new TreeMap<>(state.windows()).forEach((account, windows) -> new TreeMap<>(windows).forEach((window, use) -> {
            long used = use.left().stream()
                    .filter(left -> left.atNanos() > nanos(now))
                    .mapToLong(WindowState.Left::calls)
                    .sum();
            Map<String, WindowState.Part> runs = new TreeMap<>();
            for (WindowState.Part part : use.parts()) {
                runs.put(part.holder(), part);
                used += part.occupied();
            }
            if (used > 0 || !runs.isEmpty()) {
                line.of(account, spelt(window), new Use(used, runs));
            }
        }));
    }

    /** A window is written down with its length first, as {@code PT1S}. */
    private static String spelt(String window) {
        int space = window.indexOf(' ');
        String length = space < 0 ? window : window.substring(0, space);
        return Durations.spell(Duration.parse(length)) + (space < 0 ? "" : window.substring(space));
    }

    private static long nanos(Instant now) {
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
