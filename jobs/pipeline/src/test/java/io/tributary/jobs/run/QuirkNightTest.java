package io.tributary.jobs.run;

import io.tributary.jobs.SparkTest;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.table.Lake;
import io.tributary.model.Outcome;
import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.ledger.Counts;
import io.tributary.sandbox.ledger.Ledger;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night at each provider alone, by its own file, while the provider shows every habit that it has. What became of each
 * key must be what the provider meant.
 */
@Tag("long")
class QuirkNightTest extends SparkTest {
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");
    private static final int EACH = 90;
    /** So that a night takes seconds; the sandbox's windows and ours alike. */
    private static final int FASTER = 60;

    @TempDir
    Path dir;

    @Test
    void example() throws IOException {
        Assertions.assertEquals(0, unaccounted(night("example", EACH, "")));
    }

    @Test
    void clearbit() throws IOException {
        Assertions.assertEquals(0, unaccounted(night("clearbit", EACH, "")));
    }

    @Test
    void hunter() throws IOException {
        Assertions.assertEquals(0, unaccounted(night("hunter", EACH, "")));
    }

    @Test
    void apollo() throws IOException {
        Assertions.assertEquals(0, unaccounted(night("apollo", EACH, "")));
    }

    @Test
    void lusha() throws IOException {
        Assertions.assertEquals(0, unaccounted(night("lusha", EACH, "")));
    }

    @Test
    void fullContact() throws IOException {
        Assertions.assertEquals(0, unaccounted(night("fullcontact", EACH, ", \"fullcontact.not-registered\": 0.5")));
    }

    /** The 403 that means a used-up plan ends the provider's part of the night, and nothing that was bought is lost. */
    @Test
    void aPlanOfFullContactThatEndsInTheMiddleLosesNothing() throws IOException {
        Night ended = night("fullcontact", 60, ", \"fullcontact.quota-403\": 0.05");
        Assertions.assertTrue(ended.summary().count("deferred") > 0, "the rest waits");
        Assertions.assertEquals(0, unaccounted(ended));
    }

    @Test
    void peopleDataLabs() throws IOException {
        Assertions.assertEquals(0, unaccounted(night("peopledatalabs", EACH, ", \"peopledatalabs.too-large\": 0.5")));
    }

    /** The operations that its file describes and does not use. */
    @Test
    void peopleDataLabsOneByOne() throws IOException {
        Night night = night("peopledatalabs", 60, "", spec -> spec.replace("    use: false\n", "")
                .replaceAll("(?m)^  (person|company)-bulk:\n", "$0    use: false\n"));
        Assertions.assertEquals(0, unaccounted(night));
    }

    /** Its file counts a task when it starts and can't know how many addresses it brings. */
    @Test
    void snovio() throws IOException {
        Night night = night("snovio", EACH, ", \"snovio.token-cut\": 1");
        Assertions.assertEquals(night.started(), night.summary().count("credits"));
    }

    @Test
    void endsInsideA200AreTheEndOfTheNightAndKeepWhatCame() throws IOException {
        Night lusha = night("lusha", 30, ", \"lusha.credits-end\": 1");
        Assertions.assertTrue(lusha.counts().billedCredits() > 0, "half of the first batch was answered");
        Assertions.assertEquals(0, unaccounted(lusha));
        night("snovio", 30, ", \"snovio.credits-end\": 0.1");
    }

    /** What was billed and is neither counted nor called uncertain, or was counted too much. */
    private static double unaccounted(Night night) {
        double above = night.counts().billedCredits() - night.summary().count("credits");
        return above > 0 ? Math.max(0, above - night.summary().count("credits_uncertain")) : above;
    }

    private record Night(RunSummary summary, Counts counts, long started) {}

    private Night night(String provider, int each, String quirks) throws IOException {
        return night(provider, each, quirks, UnaryOperator.identity());
    }

    /** One night, in which the provider means one thing by each key and history says the same. */
    private Night night(String provider, int each, String quirks, UnaryOperator<String> file) throws IOException {
        Path home = Files.createDirectories(dir.resolve(provider + each));
        write(home, each);
        FaultProfile faults = FaultProfile.parse("{\"quirks\": {\"all\": 0.05" + quirks + "}}");
        try (SandboxServer sandbox = SandboxServer.start(SandboxOptions.builder()
                .quotaScale(FASTER)
                .pending(0.02, Duration.ofMillis(100))
                .faults(faults)
                .build())) {
            Settings settings = settings(home, provider, sandbox.baseUrl(), file);
            RunSummary summary = new Nightly(settings, spark(), Clock.systemUTC(), Progress.silent(), line -> {})
                    .run(new RunOptions(Optional.of(TONIGHT), Interval.ALL));
            Lake lake = new Wiring(settings).lake();
            Assertions.assertEquals(List.of(), disagreements(sandbox.ledger(), provider, lake), provider);
            Counts counts = sandbox.ledger().counts(provider);
            Assertions.assertTrue(counts.calls() > 0, provider + " was asked");
            Assertions.assertEquals(0, counts.repeats(), provider + ": bought twice");
            Assertions.assertEquals(0, counts.refusedByWindow(), provider + ": refused by a window");
            long started = sandbox.ledger().entries(provider).stream()
                    .filter(call -> call.operation().endsWith("start") && call.status() == 200)
                    .count();
            return new Night(summary, counts, started);
        }
    }

    private List<String> disagreements(Ledger ledger, String provider, Lake lake) {
        List<LedgerTruth.Kept> kept =
                lake.history().read(spark()).where("carried_by IS NULL").orderBy("fetched_at").collectAsList().stream()
                        .map(row -> new LedgerTruth.Kept(
                                row.getAs("provider"),
                                row.getAs("lookup_key"),
                                Outcome.valueOf(row.getAs("outcome")),
                                row.getAs("reason"),
                                row.getAs("operation")))
                        .toList();
        Map<String, Map<String, String>> inputs = new TreeMap<>();
        lake.work()
                .read(spark())
                .collectAsList()
                .forEach(row -> inputs.put(row.getAs("lookup_key"), row.getJavaMap(row.fieldIndex("inputs"))));
        return LedgerTruth.disagreements(ledger, provider, kept, inputs);
    }

    private static void write(Path home, int each) throws IOException {
        write(home, "people", "id,first,last,email,page,company,site", each, i -> switch (i % 3) {
            case 0 -> i + ",Ada,Example,ada.example" + i + "@firm" + i + ".com,,,";
            case 1 -> i + ",,,,https://www.linkedin.com/in/bo-example-" + i + ",,";
            default -> i + ",Cy,Sample" + word(i) + ",,,,works" + i + ".com";
        });
        write(home, "firms", "id,name,site", each / 2, i -> i + ",Firm " + word(i) + ",firm" + i + ".org");
    }

    /** A number in letters, for a name holds no digits. */
    private static String word(int number) {
        return Integer.toString(number)
                .chars()
                .mapToObj(digit -> String.valueOf((char) ('a' + digit - '0')))
                .collect(Collectors.joining());
    }

    private static void write(Path home, String file, String header, int rows, IntFunction<String> line)
            throws IOException {
        Files.writeString(
                home.resolve(file + ".csv"),
                header + "\n" + IntStream.range(0, rows).mapToObj(line).collect(Collectors.joining("\n")) + "\n");
    }

    /** The provider's own file, apart from how long it waits between two looks. */
    private Settings settings(Path home, String provider, String sandbox, UnaryOperator<String> change)
            throws IOException {
        String spec = Files.readString(Path.of("../../conf/providers").resolve(provider + ".yaml"));
        spec = change.apply(spec);
        Path file = home.resolve(provider + ".yaml");
        Files.writeString(file, spec.replaceAll("\\{first: \\d+[sm], longest: \\d+[sm]", "{first: 1s, longest: 1s"));
        String keys = provider.equals("snovio")
                ? "{client-id: \"" + key("snovio-client-id") + "\", client-secret: \"" + key("snovio-client-secret")
                        + "\"}"
                : "\"" + key(provider) + "\"";
        String people = "{entity: person, record-id: id, fields: {name.first: first, name.last: last, email: email,"
                + " linkedin: page, company.name: company}, identifiers: {website: site}}";
        String firms = "{entity: company, record-id: id, fields: {name: name}, identifiers: {website: site}}";
        boolean companies = !provider.equals("lusha");
        return Settings.load(
                Path.of("../../conf"),
                List.of(
                        "lake={root: \"" + home.resolve("lake") + "\"}",
                        "sources=[" + source(home, "contact", "people", people)
                                + (companies ? ", " + source(home, "account", "firms", firms) : "") + "]",
                        "providers={" + provider + ": {spec: \"" + file + "\", keys: [" + keys + "], base-url: \""
                                + sandbox + "/" + provider + "\", quota-scale: " + FASTER + "}}",
                        "waterfall={person: [" + provider + "]" + (companies ? ", company: [" + provider + "]" : "")
                                + "}",
                        "limits={buckets: 2}",
                        "budget={}"));
    }

    private static String key(String name) {
        return "file:"
                + Path.of("../../conf/demo/keys").resolve(name).toAbsolutePath().normalize();
    }

    private static String source(Path home, String object, String file, String mapping) {
        return "{name: " + file + ", crm: crm, object: " + object + ", format: csv, path: \""
                + home.resolve(file + ".csv") + "\", allow-unchanged: true, mapping: " + mapping + "}";
    }
}
