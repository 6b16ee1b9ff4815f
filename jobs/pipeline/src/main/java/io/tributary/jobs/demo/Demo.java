package io.tributary.jobs.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.report.Figure;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.report.SummaryText;
import io.tributary.jobs.run.Nightly;
import io.tributary.jobs.run.RunOptions;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.TableRef;
import io.tributary.model.EntityKind;
import io.tributary.provider.ProviderSpec;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Three nights over real CRM extracts against the sandbox. */
public final class Demo {
    /** The demo's first night. */
    public static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");

    private static final String MARK = "made-by-tributary-demo";

    private final Path home;
    private final Path lake;
    private final PrintStream out;
    private final Progress progress;
    private final Settings shipped;
    private final List<String> providers;

    /**
     * @param home the project's folder
     * @param lake where the lake is made; an earlier demo's lake is replaced, anything else is refused
     */
    public Demo(Path home, Path lake, PrintStream out, Progress progress) {
        this.home = home;
        this.lake = lake.toAbsolutePath().normalize();
        this.out = out;
        this.progress = progress;
        this.shipped = Settings.load(home.resolve("conf/demo"), List.of());
        this.providers = List.copyOf(shipped.providers().keySet());
    }

    /**
     * What the demo came to.
     *
     * @param nights the summaries
     * @param ledger the sandbox's books as JSON
     * @param figures what was promised, held against the books
     */
    public record Result(List<RunSummary> nights, String ledger, List<Figure> figures) {}

    /**
     * Runs the demo.
     *
     * @param sandboxOptions options of the sandbox
     * @param overrides further settings
     * @param faults whether these options let the providers fail
     */
    public Result run(
            Path sandboxJar,
            List<String> sandboxOptions,
            List<String> overrides,
            double quotaScale,
            boolean faults,
            Supplier<SparkSession> sessions)
            throws IOException {
        clearLake();
        List<RunSummary> nights = new ArrayList<>();
        try (SandboxProcess sandbox = SandboxProcess.start(sandboxJar, sandboxOptions)) {
            out.println("provider sandbox: " + sandbox.baseUrl() + "   lake: " + lake);
            copyKeys();
            Settings settings = settings(sandbox.baseUrl(), overrides, quotaScale);
            SparkSession spark = sessions.get();
            copyExtracts("night-1", TONIGHT);
            Lake tables = new Lake(name -> new TableRef(settings.lake().table(name)));
            tables.ensure(spark);
            PastNights.write(
                    spark,
                    tables,
                    new HadoopJournalStore(
                            spark.sparkContext().hadoopConfiguration(),
                            settings.journal().path()),
                    settings.limits().buckets(),
                    settings.waterfall().get(EntityKind.PERSON),
                    TONIGHT);

            nights.add(night(settings, spark, "TONIGHT", TONIGHT));
            copyExtracts("night-2", TONIGHT.plus(Duration.ofDays(1)));
            nights.add(night(settings, spark, "TOMORROW, with a changed extract", TONIGHT.plus(Duration.ofDays(1))));
            nights.add(night(
                    settings,
                    spark,
                    "ONCE MORE, with nothing new",
                    TONIGHT.plus(Duration.ofDays(1)).plusSeconds(3600)));
            Showcase.print(out, spark, tables);
            for (String provider : providers) {
                Path calls = Files.createDirectories(lake.resolve("provider-calls"));
                Files.write(calls.resolve(provider + ".ndjson"), sandbox.calls(provider));
            }
            JsonNode ledger = sandbox.ledger();
            ledger(ledger);
            List<Figure> figures = Promises.held(nights, ledger, quotaScale == 1, faults);
            out.println();
            out.println("Held against the books:");
            figures.forEach(figure -> out.println("  " + figure));
            next();
            return new Result(nights, ledger.toString(), figures);
        }
    }

    private Settings settings(String sandbox, List<String> overrides, double quotaScale) {
        List<String> all = new ArrayList<>(List.of("lake.root=" + lake));
        shipped.sources()
                .forEach(source -> all.add("sources[" + source.name() + "].path="
                        + lake.resolve("crm-exports").resolve(source.name() + ".csv")));
        for (String provider : providers) {
            all.add("providers." + provider + ".base-url=" + sandbox + "/" + provider);
            all.add("providers." + provider + ".keys=[\"file:"
                    + lake.resolve("keys").resolve(provider) + "\"]");
            if (quotaScale != 1) {
                all.add("providers." + provider + ".quota-scale=" + quotaScale);
            }
        }
        all.addAll(overrides);
        return Settings.load(home.resolve("conf/demo"), all, (file, name, faults) -> {
            try {
                ProviderSpec.check(name, Files.readString(file), faults);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private RunSummary night(Settings settings, SparkSession spark, String title, Instant asOf) throws IOException {
        out.println();
        out.println("== " + title + " (" + asOf + ") " + "=".repeat(Math.max(3, 60 - title.length())));
        RunSummary summary = new Nightly(settings, spark, Clock.systemUTC(), progress, out::println)
                .run(new RunOptions(Optional.of(asOf), Interval.ALL));
        out.print(SummaryText.of(summary));
        return summary;
    }

    private void clearLake() throws IOException {
        if (Files.exists(lake)) {
            if (!Files.exists(lake.resolve(MARK))) {
                throw new io.tributary.jobs.StoppedException(
                        lake + " is not a lake of the demo, so it is not replaced. Choose another place with --lake");
            }
            try (Stream<Path> tree = Files.walk(lake)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(lake.resolve("crm-exports"));
        Files.createFile(lake.resolve(MARK));
    }

    /** Keys are private files, as they should be anywhere. */
    private void copyKeys() throws IOException {
        Path keys = Files.createDirectories(lake.resolve("keys"));
        for (String provider : providers) {
            Path key = Files.copy(home.resolve("conf/demo/keys").resolve(provider), keys.resolve(provider));
            if (key.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    /** The evening's exports, written a few hours before the night. */
    private void copyExtracts(String night, Instant asOf) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("conf/demo/extracts").resolve(night))) {
            for (Path file : files.sorted().toList()) {
                Path copy = lake.resolve("crm-exports").resolve(file.getFileName());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                Files.setLastModifiedTime(copy, FileTime.from(asOf.minus(Duration.ofHours(4))));
            }
        }
    }

    private void ledger(JsonNode ledger) {
        out.println();
        out.println("What the providers booked (the sandbox's ledger; each call is in " + lake.resolve("provider-calls")
                + "):");
        out.printf(
                "%-10s %8s %8s %9s %8s %17s %16s%n",
                "provider", "calls", "billed", "distinct", "repeats", "refused by window", "refused by fault");
        for (Map.Entry<String, JsonNode> each : ledger.path("providers").properties()) {
            JsonNode one = each.getValue();
            if (one.path("calls").asLong() > 0) {
                out.printf(
                        "%-10s %8d %8d %9d %8d %17d %16d%n",
                        each.getKey(),
                        one.path("calls").asLong(),
                        one.path("billed").asLong(),
                        one.path("distinct").asLong(),
                        one.path("repeats").asLong(),
                        one.path("refused_by_window").asLong(),
                        one.path("refused_by_fault").asLong());
            }
        }
    }

    private void next() {
        out.println();
        out.println("Try next:");
        out.println("  ./tributary tables --conf conf/demo --set lake.root=" + lake);
        out.println("  ./tributary plan --conf conf/demo --as-of 2026-09-25T02:00:00Z --set lake.root=" + lake);
        out.println("  TRIBUTARY_LAKE=" + lake + " jupyter lab notebooks/first-look.ipynb");
        out.println("  and then your own extract: see README.md");
    }
}
