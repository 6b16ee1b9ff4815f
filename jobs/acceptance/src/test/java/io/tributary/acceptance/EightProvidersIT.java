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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nights over all eight providers on a cluster of two workers, while the sandbox shows every habit that they have: in the
 * first those with which a provider goes on, in the second also those that end its night. History is held to the
 * providers' own books, and everything that the nights wrote or showed is searched for secrets.
 */
@Order(2)
class EightProvidersIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double RATE = 0.05;

    @TempDir
    Path folder;

    private final Figures figures = new Figures("eight");

    @Test
    void twoNightsOverAllProvidersWithEveryHabit() throws Exception {
        EightProviders shop = EightProviders.in(folder.resolve("shop"));
        Map<String, String> shown = new TreeMap<>();
        List<String> said = new ArrayList<>();
        try (SandboxServer sandbox = sandbox();
                Cluster cluster = Cluster.start(folder.resolve("cluster"), 2)) {
            shop.write(0, 240, sandbox.baseUrl());
            said.add(night("every habit", shop, sandbox, cluster, "2026-08-21T02:00:00Z", shown));
            assertEquals(
                    Set.of(),
                    EightProviders.ALL.stream()
                            .filter(name -> sandbox.ledger().counts(name).calls() < 5)
                            .collect(Collectors.toSet()),
                    "providers that were hardly asked");

            sandbox.ledger().reset();
            control(sandbox, "faults", profile(true));
            shop.write(240, 360, sandbox.baseUrl());
            said.add(night("and those that end a night", shop, sandbox, cluster, "2026-08-22T02:00:00Z", shown));
        }
        searchForSecrets(shop, shown, said);
    }

    private static SandboxServer sandbox() {
        SandboxOptions.Builder options = SandboxOptions.builder()
                .quotaScale(EightProviders.FASTER)
                .matchRate(0.25)
                .pending(0.02, Duration.ofMillis(100))
                .faults(FaultProfile.parse(profile(false)));
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

    private static void control(SandboxServer sandbox, String what, String body) throws Exception {
        java.net.http.HttpClient.newHttpClient()
                .send(
                        java.net.http.HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/_control/" + what))
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        java.net.http.HttpResponse.BodyHandlers.discarding());
    }

    private String night(
            String name,
            EightProviders shop,
            SandboxServer sandbox,
            Cluster cluster,
            String asOf,
            Map<String, String> shown)
            throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Home.Ended night;
        try (Pages pages = new Pages(URI.create("http://127.0.0.1:" + port))) {
            night = submit(shop, cluster, port, asOf);
            pages.texts().forEach((page, text) -> shown.merge(page, text, String::concat));
        }
        assertTrue(night.exitCode() == 0 || night.exitCode() == 3, night.exitCode() + "\n" + night.output());
        Ledger ledger = sandbox.ledger();
        Counts totals = ledger.totals();
        List<JsonNode> rows = rows(shop);
        List<LedgerTruth.Kept> history = rows.stream()
                .filter(row -> row.path("table").asText().equals("history"))
                .map(row -> row.path("row"))
                .filter(row -> row.path("carried_by").isNull()
                        || row.path("carried_by").isMissingNode())
                .filter(row -> row.path("fetched_at").asText().compareTo(asOf.substring(0, 10)) >= 0)
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
        assertEquals(List.of(), misread, name);
        figures.hold(Figure.atLeast(name + ": calls", totals.calls(), 300));
        figures.hold(Figure.atMost(name + ": keys read otherwise than meant", misread.size(), 0));
        figures.hold(Figure.atMost(name + ": answers paid twice", totals.repeats(), 0));
        figures.hold(Figure.atMost(name + ": refused by a window", totals.refusedByWindow(), 0));
        figures.hold(Figure.atMost(name + ": exit code", night.exitCode(), 3));
        return night.output();
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

    private Home.Ended submit(EightProviders shop, Cluster cluster, int port, String asOf) throws IOException {
        Path events = Files.createDirectories(folder.resolve("events"));
        List<String> command = new ArrayList<>(Home.sparkSubmit(
                "--master",
                cluster.master(),
                "--conf",
                "spark.executor.cores=1",
                "--conf",
                "spark.cores.max=2",
                "--conf",
                "spark.executor.memory=700m",
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.driver.bindAddress=127.0.0.1",
                "--conf",
                "spark.ui.enabled=true",
                "--conf",
                "spark.ui.port=" + port,
                "--conf",
                "spark.eventLog.enabled=true",
                "--conf",
                "spark.eventLog.compress=false",
                "--conf",
                "spark.eventLog.dir=" + events.toUri(),
                "--class",
                "io.tributary.jobs.cli.Tributary",
                Home.JOB_JAR.toString()));
        command.addAll(List.of(
                "nightly", "--json", "--conf", shop.folder().resolve("conf").toString(), "--as-of", asOf));
        return Home.run(
                shop.folder(), command, List.of("SPARK_HOME=" + Home.SPARK, "SPARK_LOCAL_IP=127.0.0.1", Home.QUIET));
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

    private void searchForSecrets(EightProviders shop, Map<String, String> shown, List<String> said)
            throws IOException {
        Needles secrets = new Needles(shop.secrets());
        // What is no secret is found in all of these places, so they are looked into.
        String nobody = "ada.example3@firm3.com";
        List<String> tables = rows(shop).stream().map(JsonNode::toString).toList();
        List<String> journal = journal(shop);
        String files = files();
        assertTrue(tables.stream().anyMatch(row -> row.contains(nobody)), "tables");
        assertTrue(journal.stream().anyMatch(text -> text.contains(nobody)), "journal");
        assertTrue(files.contains("SparkListenerExecutorAdded"), "event log");
        assertTrue(files.contains("Successfully registered with driver") || files.contains("Executor"), "logs");
        assertTrue(shown.size() > 30, "pages of the interface: " + shown.keySet());
        assertTrue(shown.values().stream().anyMatch(text -> text.contains("spark.eventLog.dir")), "environment page");

        figures.hold(Figure.atMost("secrets in tables", found(secrets, tables).size(), 0));
        figures.hold(
                Figure.atMost("secrets in the journal", found(secrets, journal).size(), 0));
        figures.hold(Figure.atMost(
                "secrets in files, logs and event logs",
                found(secrets, List.of(files)).size(),
                0));
        figures.hold(Figure.atMost(
                "secrets in pages of the interface",
                found(secrets, shown.values()).size(),
                0));
        figures.hold(Figure.atMost(
                "secrets in what the job printed", found(secrets, said).size(), 0));
    }

    private static Set<String> found(Needles secrets, Iterable<String> texts) {
        Set<String> found = new TreeSet<>();
        texts.forEach(text -> found.addAll(secrets.in(text)));
        assertEquals(Set.of(), found);
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

    /** Every file that the nights left, byte by byte, but for those in which the keys are kept. */
    private String files() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(each -> !each.toString().contains("/shop/keys/"))
                    .filter(each -> !each.toString().endsWith(".jar"))
                    .toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .append('\n');
            }
        }
        return all.toString();
    }
}
