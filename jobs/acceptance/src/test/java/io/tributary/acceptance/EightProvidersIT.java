package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.jobs.report.Figure;
import io.tributary.jobs.run.LedgerTruth;
import io.tributary.journal.SegmentCodec;
import io.tributary.model.Outcome;
import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
import io.tributary.sandbox.dialect.Quirk;
import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.ledger.Counts;
import io.tributary.sandbox.ledger.Ledger;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night over all eight providers while the sandbox shows every habit that they have. History is held to the providers' own
 * books, and everything that the night wrote or showed is searched for secrets.
 */
@Order(2)
class EightProvidersIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double RATE = 0.05;

    @TempDir
    Path folder;

    @Test
    void aNightOverAllProvidersWithEveryHabit() throws Exception {
        try (SandboxServer sandbox = sandbox(false)) {
            night(sandbox, 240, new Figures("eight"));
            assertEquals(
                    Set.of(),
                    EightProviders.ALL.stream()
                            .filter(name -> sandbox.ledger().counts(name).calls() < 5)
                            .collect(Collectors.toSet()),
                    "providers that were hardly asked");
        }
    }

    /** Habits after which an honest client leaves the provider for the night are on too, so one after the other ends. */
    @Test
    @Tag("long")
    void aNightInWhichProvidersEnd() throws Exception {
        try (SandboxServer sandbox = sandbox(true)) {
            night(sandbox, 240, new Figures("eight-ending"));
        }
    }

    private static SandboxServer sandbox(boolean ending) {
        SandboxOptions.Builder options = SandboxOptions.builder()
                .quotaScale(EightProviders.FASTER)
                .matchRate(0.25)
                .pending(0.02, Duration.ofMillis(100))
                .faults(FaultProfile.parse(profile(ending)));
        EightProviders.furtherKeys().forEach(options::key);
        return SandboxServer.start(options.build());
    }

    /** @param ending whether those habits are on too after which an honest client leaves the provider for the night */
    private static String profile(boolean ending) {
        StringBuilder quirks = new StringBuilder("\"all\": " + RATE);
        if (ending) {
            SandboxServer.quirks().forEach((provider, all) -> all.stream()
                    .filter(Quirk::byName)
                    .filter(quirk -> quirk.usual() == 0)
                    .forEach(quirk -> quirks.append(", \"%s.%s\": %s".formatted(provider, quirk.name(), RATE))));
        }
        return "{\"quirks\": {" + quirks + "}, \"revoke\": {\"fullcontact\": 30}}";
    }

    private void night(SandboxServer sandbox, int people, Figures figures) throws Exception {
        EightProviders shop = EightProviders.in(folder.resolve("shop"));
        shop.write(people, sandbox.baseUrl());
        Needles secrets = new Needles(shop.secrets());
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Home.Ended night;
        Pages pages = new Pages(URI.create("http://127.0.0.1:" + port), secrets);
        try (pages) {
            night = run(shop, port);
        }
        assertTrue(night.exitCode() == 0 || night.exitCode() == 3, night.exitCode() + "\n" + night.output());
        List<JsonNode> rows = rows(shop);
        holdToTheBooks(sandbox.ledger(), rows, figures);
        searchForSecrets(shop, rows, secrets, pages, night.output(), figures);
    }

    private static void holdToTheBooks(Ledger ledger, List<JsonNode> rows, Figures figures) throws IOException {
        Counts totals = ledger.totals();
        List<LedgerTruth.Kept> history = rows.stream()
                .filter(row -> row.path("table").asText().equals("history"))
                .map(row -> row.path("row"))
                .filter(row -> row.path("carried_by").isNull()
                        || row.path("carried_by").isMissingNode())
                .sorted(Comparator.comparing(row -> row.path("fetched_at").asText()))
                .map(row -> new LedgerTruth.Kept(
                        row.path("provider").asText(),
                        row.path("lookup_key").asText(),
                        Outcome.valueOf(row.path("outcome").asText()),
                        row.path("reason").asText(),
                        row.path("operation").asText()))
                .toList();
        Map<String, Map<String, String>> inputs = new TreeMap<>();
        rows.stream()
                .filter(row -> row.path("table").asText().equals("work"))
                .map(row -> row.path("row"))
                .forEach(row -> inputs.put(row.path("lookup_key").asText(), inputs(row.path("inputs"))));
        List<String> misread = EightProviders.ALL.stream()
                .flatMap(provider -> LedgerTruth.disagreements(ledger, provider, history, inputs).stream()
                        .map(difference -> provider + " " + difference))
                .toList();
        assertEquals(List.of(), misread);
        figures.hold(Figure.atLeast("calls", totals.calls(), 100));
        figures.hold(Figure.atMost("keys read otherwise than meant", misread.size(), 0));
        figures.hold(Figure.atMost("answers paid twice", totals.repeats(), 0));
        figures.hold(Figure.atMost("refused by a window", totals.refusedByWindow(), 0));
    }

    /** A map comes from Parquet as an object or as a list of entries, as the reader likes. */
    private static Map<String, String> inputs(JsonNode map) {
        Map<String, String> inputs = new TreeMap<>();
        map.properties()
                .forEach(entry -> inputs.put(entry.getKey(), entry.getValue().asText()));
        map.forEach(entry -> {
            if (entry.has("key")) {
                inputs.put(entry.path("key").asText(), entry.path("value").asText());
            }
        });
        return inputs;
    }

    private Home.Ended run(EightProviders shop, int port) throws IOException {
        Path events = Files.createDirectories(folder.resolve("events"));
        shop.spark(Map.of(
                "spark.ui.enabled", "true",
                "spark.ui.port", Integer.toString(port),
                "spark.eventLog.enabled", "true",
                "spark.eventLog.compress", "false",
                "spark.eventLog.dir", events.toUri().toString()));
        return Home.run(
                shop.folder(),
                List.of(
                        Home.FOLDER.resolve("tributary").toString(),
                        "nightly",
                        "--json",
                        "--conf",
                        shop.folder().resolve("conf").toString(),
                        "--as-of",
                        "2026-08-21T02:00:00Z"),
                List.of("TRIBUTARY_HEAP=1400m"));
    }

    private static List<JsonNode> rows(EightProviders shop) throws IOException {
        Python python = Python.with("notebook", Home.FOLDER.resolve("notebooks/requirements.txt"));
        Home.Ended run = Home.run(
                shop.folder(),
                List.of(
                        python.executable(),
                        Home.FOLDER
                                .resolve("jobs/acceptance/src/test/python/lake_rows.py")
                                .toString(),
                        shop.folder().resolve("lake").toString()),
                List.of());
        assertEquals(0, run.exitCode(), run.output());
        List<JsonNode> rows = new ArrayList<>();
        for (String line : run.output().lines().toList()) {
            rows.add(JSON.readTree(line));
        }
        return rows;
    }

    private void searchForSecrets(
            EightProviders shop, List<JsonNode> rows, Needles secrets, Pages pages, String said, Figures figures)
            throws IOException {
        // What is no secret is found in all of these places, so they are looked into.
        String nobody = "ada.example3@firm3.com";
        List<String> tables = rows.stream().map(JsonNode::toString).toList();
        List<String> journal = journal(shop);
        assertTrue(tables.stream().anyMatch(row -> row.contains(nobody)), "tables");
        assertTrue(journal.stream().anyMatch(text -> text.contains(nobody)), "journal");
        Set<String> marks = new TreeSet<>();
        Set<String> inFiles = new TreeSet<>();
        for (Path file : files()) {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            inFiles.addAll(secrets.in(text));
            Stream.of("SparkListenerExecutorAdded", "\"commitInfo\"")
                    .filter(text::contains)
                    .forEach(marks::add);
        }
        assertEquals(2, marks.size(), "event log and logs of tables: " + marks);
        assertTrue(
                pages.shown().containsAll(List.of("/environment/", "/executors/", "/SQL/")) && pages.read() > 50,
                "pages of the interface: " + pages.read() + " of " + pages.shown());
        hold(figures, "secrets in tables", found(secrets, tables));
        hold(figures, "secrets in the journal", found(secrets, journal));
        hold(figures, "secrets in files, logs and event logs", inFiles);
        hold(figures, "secrets in what the job printed", secrets.in(said));
        hold(figures, "secrets in pages of the interface", pages.found());
    }

    private static void hold(Figures figures, String name, Set<String> found) throws IOException {
        assertEquals(Set.of(), found, name);
        figures.hold(Figure.atMost(name, found.size(), 0));
    }

    private static Set<String> found(Needles secrets, Iterable<String> texts) {
        Set<String> found = new TreeSet<>();
        texts.forEach(text -> found.addAll(secrets.in(text)));
        return found;
    }

    /** Every segment, unpacked. */
    private static List<String> journal(EightProviders shop) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(shop.folder().resolve("lake/journal"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".tj")).toList()) {
                var segment = SegmentCodec.read(file.toString(), new ByteArrayInputStream(Files.readAllBytes(file)));
                segment.entries()
                        .forEach(entry -> texts.add(entry.lookupKey() + " " + entry.reason() + " " + entry.jobId() + " "
                                + entry.profiles() + " " + entry.body()));
                segment.intents().forEach(intent -> texts.add(intent.lookupKey()));
            }
        }
        return texts;
    }

    /** Every file that the nights left, but for those in which the keys are kept. */
    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(each -> !each.toString().contains("/shop/keys/"))
                    .filter(each -> !each.toString().endsWith(".jar"))
                    .toList();
        }
    }
}
