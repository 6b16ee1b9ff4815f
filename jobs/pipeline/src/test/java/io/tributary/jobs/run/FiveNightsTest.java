package io.tributary.jobs.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.delta.tables.DeltaTable;
import io.tributary.jobs.Figures;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.run.RegistryNights.Change;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five real nights of one registry, each a whole run over a full extract, and a sixth on which a domain comes back. What
 * was asked and written is compared domain by domain with what {@link RegistryNights} works out from the files.
 */
@Tag("long")
class FiveNightsTest extends SparkTest {
    private static final Figures FIGURES = new Figures("nights");
    private static final Path DATA = Path.of("src/test/resources/data/gov-domains");

    @TempDir
    Path dir;

    private final RegistryNights registry = new RegistryNights();
    private ProviderStub provider;

    @Test
    void eachNightAsksTheAddedAndDueDomainsAndWritesTheRowsThatTheRegistryChanged() throws IOException {
        Files.writeString(dir.resolve("stub.key"), "key-of-a-stub");
        List<String> counted = Files.readAllLines(DATA.resolve("changes.csv"));
        try (ProviderStub stub = new ProviderStub(FiveNightsTest::answer)) {
            provider = stub;
            List<Boolean> anyDue = new ArrayList<>();
            String first = counted.get(1).split(",")[0];
            anyDue.add(!night(first, snapshot(first)).due().isEmpty());
            for (String line : counted.subList(1, counted.size())) {
                String[] cells = line.split(",");
                RegistryNights.Night night = night(cells[1], snapshot(cells[1]));
                FIGURES.exactly(
                        cells[1] + ": rows added, removed, changed, as changes.csv counts them",
                        String.join(" ", cells[2], cells[3], cells[4]),
                        night.count(Change.ADDED) + " " + night.count(Change.REMOVED) + " "
                                + night.count(Change.CHANGED));
                anyDue.add(!night.due().isEmpty());
            }
            assertEquals(List.of(false, true, false, true, true), anyDue, "nights with and without due domains");

            String back =
                    registry.goneSince().keySet().stream().sorted().findFirst().orElseThrow();
            assertEquals(
                    Map.of(back, Change.RETURNED),
                    night("2026-08-23", withRecordOf(snapshot("2026-08-22"), snapshot(first), back))
                            .changes());
        }
    }

    /** Runs a night over that text as the full extract, and holds what it did against what it had to do. */
    private RegistryNights.Night night(String day, String extract) throws IOException {
        Path file = Files.writeString(dir.resolve(day + ".csv"), extract);
        Instant asOf = Instant.parse(day + "T02:00:00Z");
        RegistryNights.Night night = registry.next(asOf, cells(file));
        long before = version();

        RunSummary summary = new Nightly(settings(file), spark(), Clock.systemUTC(), Progress.silent(), line -> {})
                .run(new RunOptions(Optional.of(asOf), Interval.ALL));

        List<String> asked = provider.takeRequests().stream()
                .map(FiveNightsTest::domain)
                .sorted()
                .toList();
        assertEquals(night.asked(), asked, day + ": the domains asked, each once");
        assertEquals(lines(night.written()), written(before), day + ": the golden rows written, each once");
        compareGoldenRows(day);
        aDayPasses();
        FIGURES.exactly(day + ": domains asked", night.asked().size(), asked.size());
        FIGURES.exactly(
                day + ": golden rows changed",
                (long) night.written().size(),
                Math.round(summary.count("golden_changed")));
        return night;
    }

    /** The nights follow each other within seconds: without this, every journal would be young and be read every night. */
    private void aDayPasses() throws IOException {
        try (Stream<Path> journal = Files.walk(dir.resolve("lake/journal"))) {
            for (Path path : journal.toList()) {
                Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
            }
        }
    }

    private void compareGoldenRows(String day) {
        Map<String, List<String>> rows = new HashMap<>();
        Map<String, Instant> goneSince = new HashMap<>();
        for (Row row : spark().read()
                .format("delta")
                .load(dir.resolve("lake/accounts").toString())
                .select("_crm_id", "domain_type", "suborganization_name", "security_contact_email", "_deleted_at")
                .collectAsList()) {
            String domain = row.getString(0);
            rows.put(
                    domain,
                    Stream.of(1, 2, 3)
                            .map(row::getString)
                            .map(FiveNightsTest::text)
                            .toList());
            Timestamp gone = row.getTimestamp(4);
            if (gone != null) {
                goneSince.put(domain, gone.toInstant());
            }
        }
        Map<String, List<String>> expected = new HashMap<>();
        registry.rows()
                .forEach((domain, cells) -> expected.put(domain, List.of(cells.get(0), cells.get(2), cells.get(5))));
        assertEquals(expected, rows, day + ": the registry's own columns in every golden row");
        assertEquals(registry.goneSince(), goneSince, day + ": the rows marked as gone, and since when");
    }

    /** The cells of each domain but its name; read by Spark, so that no code under test is believed. */
    private Map<String, List<String>> cells(Path file) {
        Map<String, List<String>> cells = new HashMap<>();
        for (Row row :
                spark().read().option("header", "true").csv(file.toString()).collectAsList()) {
            List<String> texts = new ArrayList<>();
            for (int i = 1; i < row.size(); i++) {
                texts.add(text(row.getString(i)));
            }
            cells.put(row.getString(0), List.copyOf(texts));
        }
        return cells;
    }

    private static String text(String cell) {
        return cell == null ? "" : cell;
    }

    private static List<String> lines(Map<String, String> written) {
        return written.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .sorted()
                .toList();
    }

    /** What the change feed of the golden table tells since that version. */
    private List<String> written(long before) {
        return spark()
                .read()
                .format("delta")
                .option("readChangeFeed", "true")
                .option("startingVersion", before + 1)
                .load(dir.resolve("lake/accounts").toString())
                .where("_change_type <> 'update_preimage'")
                .select("_crm_id", "_change_type")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0) + " " + row.getString(1).replace("_postimage", ""))
                .sorted()
                .toList();
    }

    private long version() {
        Path accounts = dir.resolve("lake/accounts");
        return Files.exists(accounts)
                ? DeltaTable.forPath(spark(), accounts.toString())
                        .history(1)
                        .first()
                        .<Long>getAs("version")
                : -1;
    }

    private Settings settings(Path extract) {
        return Settings.load(
                Path.of("../../conf"),
                List.of(
                        "lake={root: \"" + dir.resolve("lake") + "\"}",
                        "sources=[{name: registry, object: account, format: csv, path: \"" + extract + "\", mapping: \""
                                + Path.of("src/test/resources/data/mappings/gov-domains-whole.yaml")
                                        .toAbsolutePath() + "\"}]",
                        "providers={example: {keys: [\"file:" + dir.resolve("stub.key") + "\"], base-url: \""
                                + provider.url() + "\", quota: [{calls: 1000000, per: 1s}]}}",
                        "waterfall={company: [example]}",
                        "freshness={confident-for: 90d, ordinary-for: 71h, negative-for: 47h}",
                        "limits={buckets: 2}",
                        "budget={}"));
    }

    private static String domain(ProviderStub.Request request) {
        return request.query().substring("domain=".length());
    }

    private static ProviderStub.Reply answer(ProviderStub.Request request) {
        String found = "{\"id\": \"c\", \"domain\": \"%s\", \"name\": \"Office\", \"industry\": \"Government\","
                + " \"confidence\": %s}";
        return switch (RegistryNights.Knowledge.of(domain(request))) {
            case SURE -> new ProviderStub.Reply(200, found.formatted(domain(request), "0.95"));
            case UNSURE -> new ProviderStub.Reply(200, found.formatted(domain(request), "0.8"));
            case NONE -> new ProviderStub.Reply(404, "{\"error\": \"not found\"}");
        };
    }

    private static String snapshot(String day) throws IOException {
        try (InputStream file = new GZIPInputStream(Files.newInputStream(DATA.resolve(day + ".csv.gz")))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A snapshot with the line that one domain had in another. */
    private static String withRecordOf(String snapshot, String other, String domain) {
        return snapshot
                + other.lines()
                        .filter(line -> line.startsWith(domain + ","))
                        .findFirst()
                        .orElseThrow() + "\n";
    }
}
