package io.tributary.jobs.run;

import io.tributary.credential.KeyReport;
import io.tributary.jobs.EmptyLake;
import io.tributary.jobs.Figures;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.report.AccountLine;
import io.tributary.jobs.report.KeyHistory;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.report.SummaryText;
import io.tributary.model.EntityKind;
import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.ledger.CallEntry;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole nights against the sandbox, whose books are the judge of what was bought. */
class LedgerNightTest extends SparkTest {
    private static final Figures FIGURES = new Figures("ledger");
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");

    @TempDir
    Path dir;

    @BeforeEach
    void writeKeys() throws IOException {
        EmptyLake.in(spark(), dir.resolve("lake"));
        for (String provider : List.of("hunter", "clearbit", "example")) {
            Files.copy(Path.of("../../conf/demo/keys").resolve(provider), dir.resolve(provider + ".key"));
        }
    }

    @Test
    void neverSpendsMoreThanTheCap() throws IOException {
        write("people", "id,name,email", 200, i -> i + ",Ada,ada" + i + "@firm" + i + ".com");
        try (SandboxServer sandbox = SandboxServer.start(
                SandboxOptions.builder().quotasOff().matchRate(1).build())) {
            RunSummary night = night(settings(sandbox, "{person: [hunter]}", "hunter", ", max-credits-per-run: 50"), 0);
            FIGURES.exactly("cap of 50: keys asked", 50L, Math.round(night.count("work")));
            FIGURES.exactly("cap of 50: keys deferred", 150L, Math.round(night.count("deferred")));
            FIGURES.exactly(
                    "cap of 50: credits billed above it",
                    0.0,
                    Math.max(0, sandbox.ledger().counts("hunter").billedCredits() - 50));
        }
    }

    /** Under the provider's own windows: the looks at the account are calls like any other. */
    @Test
    void theAccountIsReadBeforeAndAfterAndToldBesideOurCount() throws IOException {
        write("people", "id,name,email", 30, i -> i + ",Ada,ada" + i + "@firm" + i + ".com");
        Files.writeString(dir.resolve("apollo.key"), "sandbox-apollo-key");
        try (SandboxServer sandbox = SandboxServer.start(
                SandboxOptions.builder().matchRate(1).credits("hunter", 20).build())) {
            String waterfall = "{person: [hunter], company: [apollo]}";
            RunSummary night = night(settings(sandbox, waterfall, "hunter, apollo", ", price-per-credit: 0.049"), 0);
            FIGURES.exactly("20 credits for 30 people: credits that we count", 20.0, night.count("credits"));
            Assertions.assertEquals(
                    List.of(new AccountLine(
                            "hunter", OptionalDouble.of(20), OptionalDouble.of(0), OptionalDouble.of(20), 20)),
                    night.accounts());
            Assertions.assertEquals(0, sandbox.ledger().counts("apollo").calls(), "apollo has no work");
            Stream<String> calls = sandbox.ledger().entries("hunter").stream().map(CallEntry::operation);
            Assertions.assertEquals(2, calls.filter("account.read"::equals).count());
            Assertions.assertEquals(0, sandbox.ledger().counts("hunter").refusedByWindow());
            String text = SummaryText.of(night);
            Assertions.assertTrue(text.contains("note: hunter has 20 credits left, the plan may spend 30:"), text);
            Assertions.assertFalse(text.contains("by its account"), text);
            Assertions.assertTrue(text.contains("hunter: credits 20, by the provider's account 20\n"), text);
            Assertions.assertTrue(text.matches("(?s).*which cost +0\\.98 USD\n.*"), text);
        }
    }

    @Tag("long")
    @Test
    void everyStepSaysWhatItIsDoing() throws IOException {
        write("people", "id,name,email", 2, i -> i + ",Ada,ada" + i + "@firm" + i + ".com");
        List<String> shown = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public Watch watch(String step, long total, LongSupplier done) {
                shown.add(step + " of " + total);
                return () -> shown.add(step + " ended");
            }

            @Override
            public Watch busy(String step, Supplier<String> doing) {
                // Tasks of the step before may still be under way.
                Assertions.assertTrue(doing.get().matches("planning|[0-9,]+ of [0-9,]+ tasks done"), doing.get());
                shown.add(step);
                return () -> shown.add(step + " ended");
            }
        };
        try (SandboxServer sandbox = SandboxServer.start(
                SandboxOptions.builder().quotasOff().matchRate(1).build())) {
            night(settings(sandbox, "{person: [hunter]}", "hunter", ", max-credits-per-run: 50"), 0, progress);
        }
        List<String> expected = new ArrayList<>();
        for (String step : List.of("recover", "read", "read", "plan", "commit", "call", "harvest", "merge")) {
            expected.addAll(List.of(step.equals("call") ? "call of 2" : step, step + " ended"));
        }
        Assertions.assertEquals(expected, shown);
    }

    @Test
    void whatWasAcceptedIsFetchedTheNextNightAndBoughtOnce() throws IOException {
        int each = writePeopleAndFirms();
        try (SandboxServer sandbox = accepting()) {
            Settings settings = later(sandbox, false);

            RunSummary first = night(settings, 0);
            FIGURES.exactly("first night: pending", 2L * each, Math.round(first.count("pending")));
            double billed = sandbox.ledger().totals().billedCredits();
            FIGURES.exactly("first night: credits that we count", billed, first.count("credits"));

            RunSummary second = night(settings, 1);
            FIGURES.exactly("second night: asked", 2L * each, Math.round(second.count("work")));
            FIGURES.exactly(
                    "second night: answers with data",
                    2L * each,
                    Math.round(second.count("matched") + second.count("partial")));
            FIGURES.exactly("second night: pending", 0L, Math.round(second.count("pending")));
            FIGURES.exactly(
                    "second night: credits billed",
                    0.0,
                    sandbox.ledger().totals().billedCredits() - billed);
            FIGURES.exactly("second night: credits that we count", 0.0, second.count("credits"));
            FIGURES.exactly(
                    "repeats that were billed", 0L, sandbox.ledger().totals().repeats());
        }
    }

    /** It dies with its journal full and before its harvest: only the journal knows the jobs. */
    @Test
    @Tag("long")
    void aJobSurvivesTheDeathOfItsRunAndIsNotSubmittedAgain() throws IOException {
        int each = writePeopleAndFirms();
        try (SandboxServer sandbox = accepting()) {
            Settings settings = later(sandbox, false);
            Progress death = new Progress() {
                @Override
                public Watch watch(String step, long total, LongSupplier done) {
                    return () -> {};
                }

                @Override
                public Watch busy(String step, Supplier<String> doing) {
                    if (step.equals("harvest")) {
                        throw new IllegalStateException("the power goes");
                    }
                    return () -> {};
                }
            };
            Assertions.assertThrows(IllegalStateException.class, () -> night(settings, 0, death));
            double billed = sandbox.ledger().totals().billedCredits();
            Assertions.assertEquals(2.0 * each, billed, "what the dead run's jobs cost");

            RunSummary second = night(settings, 1);
            FIGURES.exactly(
                    "jobs of a dead run: answers with data",
                    2L * each,
                    Math.round(second.count("matched") + second.count("partial")));
            FIGURES.exactly(
                    "jobs of a dead run: credits billed anew",
                    0.0,
                    sandbox.ledger().totals().billedCredits() - billed);
        }
    }

    @Tag("long")
    @Test
    void whatIsThereSoonIsWaitedForInTheSameNight() throws IOException {
        int each = writePeopleAndFirms();
        try (SandboxServer sandbox = accepting()) {
            RunSummary night = night(later(sandbox, true), 0);
            FIGURES.exactly(
                    "waited for: answers with data",
                    2L * each,
                    Math.round(night.count("matched") + night.count("partial")));
            FIGURES.exactly("waited for: pending", 0L, Math.round(night.count("pending")));
            FIGURES.exactly("waited for: deferred", 0L, Math.round(night.count("deferred")));
            FIGURES.exactly(
                    "waited for: credits that we count",
                    sandbox.ledger().totals().billedCredits(),
                    night.count("credits"));
            FIGURES.exactly(
                    "waited for: repeats that were billed",
                    0L,
                    sandbox.ledger().totals().repeats());
        }
    }

    @Test
    @Tag("long")
    void theEmployersThatAnswersAboutPeopleBringAlongAreNotBought() throws IOException {
        int people = 12;
        write("people", "id,name,email", people, i -> i + ",Ada,ada" + i + "@firm" + i + ".com");
        try (SandboxServer sandbox = SandboxServer.start(SandboxOptions.builder()
                .quotasOff()
                .matchRate(1)
                .pending(0, Duration.ZERO)
                .build())) {
            Settings trusting = settings(sandbox, "{person: [clearbit], company: [clearbit]}", "clearbit", "");
            RunSummary first = night(trusting, 0);
            long carried = Math.round(first.count("carried"));
            Assertions.assertTrue(carried > people / 2, "employers that came with people: " + carried);
            FIGURES.exactly("with employers: credits", (double) people, first.count("credits"));

            write("firms", "id,name,site", people, i -> i + ",Firm,firm" + i + ".com");
            trusting = settings(sandbox, "{person: [clearbit], company: [clearbit]}", "clearbit", "");
            Settings others = settings(sandbox, "{person: [clearbit], company: [hunter]}", "clearbit, hunter", "");
            Assertions.assertEquals(
                    people,
                    plan(others, 1).decisions().get("WORK"),
                    "a provider that is not trusted with companies answers for none");
            RunSummary second = night(trusting, 1);
            FIGURES.exactly("with employers: asked a night later", people - carried, Math.round(second.count("work")));
            Assertions.assertEquals(
                    carried,
                    new Wiring(trusting)
                            .lake()
                            .golden(EntityKind.COMPANY)
                            .read(spark())
                            .where("_lineage['industry'].fetched_at < '2026-08-22'")
                            .count(),
                    "golden rows that show what came along");
        }
    }

    private int writePeopleAndFirms() throws IOException {
        int each = 6;
        write("people", "id,name,email", each, i -> i + ",Ada,ada" + i + "@firm" + i + ".com");
        write("firms", "id,name,site", each, i -> i + ",Firm,works" + i + ".com");
        return each;
    }

    /** It accepts everything, and has the answer when it is asked for. */
    private static SandboxServer accepting() {
        FaultProfile accepts = FaultProfile.parse("{\"provider_rates\": {\"example\": {\"202\": 1}}}");
        return SandboxServer.start(SandboxOptions.builder()
                .quotasOff()
                .matchRate(1)
                .pending(1, Duration.ZERO)
                .faults(accepts)
                .build());
    }

    /** Two providers whose answers come later, one by the same request and one by a job. */
    private Settings later(SandboxServer sandbox, boolean waits) throws IOException {
        List<String> providers = new ArrayList<>();
        for (String name : List.of("clearbit", "example")) {
            String spec = Files.readString(Path.of("../../conf/providers").resolve(name + ".yaml"));
            Path file = dir.resolve(name + ".yaml");
            Files.writeString(
                    file,
                    waits
                            ? spec.replaceAll("within-run: \\{first: \\ds", "within-run: {first: 1s")
                            : spec.replaceAll(",? *within-run: \\{[^}]*}", ""));
            providers.add(name + ": {spec: \"" + file + "\", keys: [\"file:" + dir.resolve(name + ".key")
                    + "\"], base-url: \"" + sandbox.baseUrl() + "/" + name + "\"}");
        }
        return settings("{person: [clearbit], company: [example]}", String.join(", ", providers));
    }

    /** The drill of docs/keys.md: old, both, old revoked in the middle of a run, new first. */
    @Test
    @Tag("long")
    void aKeyIsRotatedWithoutAStopAndNoRecordFails() throws Exception {
        int people = 40;
        write("people", "id,name,email", people, i -> i + ",Ada,ada" + i + "@firm" + i + ".com");
        Files.writeString(dir.resolve("new.key"), "the-new-key");
        FaultProfile revokes = FaultProfile.parse("{\"revoke\": {\"hunter\": 20}}");
        try (SandboxServer sandbox = SandboxServer.start(SandboxOptions.builder()
                .quotasOff()
                .matchRate(1)
                .faults(revokes)
                .build())) {
            accept(sandbox, "the-new-key");
            RunSummary first = night(keyed(sandbox, "hunter", "new"), 0);
            FIGURES.exactly("key revoked in the middle: answers", (long) people, Math.round(first.count("answers")));
            FIGURES.exactly("key revoked in the middle: records failed", 0L, Math.round(first.count("failed")));
            FIGURES.exactly("key revoked in the middle: records deferred", 0L, Math.round(first.count("deferred")));
            KeyReport old = first.keys().get(0);
            Assertions.assertEquals(
                    dir.resolve("hunter.key").toString(), old.reference().substring("file:".length()));
            Assertions.assertFalse(old.live(), "the summary says which key is dead");
            Assertions.assertEquals(20, old.calls() - old.refused(), "calls that the old key answered");
            Assertions.assertTrue(first.keys().get(1).live(), "and which is not");
            // Each night looks at the account twice.
            Assertions.assertEquals(people + 2 - 20, first.keys().get(1).calls(), "calls with the new key");
            Assertions.assertTrue(
                    first.notes().stream().anyMatch(note -> note.contains(old.reference())),
                    first.notes().toString());

            write("people", "id,name,email", people + 5, i -> i + ",Ada,ada" + i + "@firm" + i + ".com");
            RunSummary second = night(keyed(sandbox, "new", "hunter"), 1);
            FIGURES.exactly("new key first: answers", 5L, Math.round(second.count("answers")));
            FIGURES.exactly(
                    "new key first: calls refused",
                    0L,
                    second.keys().stream().mapToLong(KeyReport::refused).sum());
        }
        List<KeyHistory.Line> history =
                KeyHistory.of(new Wiring(keyed(null, "new")).lake().runs().read(spark()), Instant.EPOCH);
        Assertions.assertEquals(2, history.size(), history.toString());
        Assertions.assertEquals(people + 2 - 20 + 5 + 2, history.get(1).calls(), history.toString());
    }

    private static void accept(SandboxServer sandbox, String key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/_control/keys"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"provider\": \"hunter\", \"key\": \"" + key + "\"}"))
                .build();
        Assertions.assertEquals(
                200,
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode());
    }

    /** Hunter alone, with keys by the names of their files. */
    private Settings keyed(SandboxServer sandbox, String... keys) {
        String places = Stream.of(keys)
                .map(key -> "\"file:" + dir.resolve(key + ".key") + "\"")
                .collect(Collectors.joining(", "));
        String base = sandbox == null ? "http://127.0.0.1:1" : sandbox.baseUrl();
        return settings("{person: [hunter]}", "hunter: {keys: [" + places + "], base-url: \"" + base + "/hunter\"}");
    }

    private interface Line {
        String of(int number);
    }

    private void write(String file, String header, int rows, Line line) throws IOException {
        Files.writeString(
                dir.resolve(file + ".csv"),
                header + "\n" + IntStream.range(0, rows).mapToObj(line::of).collect(Collectors.joining("\n")) + "\n");
    }

    private RunSummary night(Settings settings, int day) throws IOException {
        return night(settings, day, Progress.silent());
    }

    private PlanReport plan(Settings settings, int day) throws IOException {
        return new Nightly(settings, spark(), Clock.systemUTC(), Progress.silent(), line -> {})
                .plan(new RunOptions(Optional.of(TONIGHT.plus(Duration.ofDays(day))), Interval.ALL));
    }

    private RunSummary night(Settings settings, int day, Progress progress) throws IOException {
        return new Nightly(settings, spark(), Clock.systemUTC(), progress, line -> {})
                .run(new RunOptions(Optional.of(TONIGHT.plus(Duration.ofDays(day))), Interval.ALL));
    }

    private Settings settings(SandboxServer sandbox, String waterfall, String providers, String more) {
        String keyed = List.of(providers.split(", ")).stream()
                .map(name -> name + ": {keys: [\"file:" + dir.resolve(name + ".key") + "\"], base-url: \""
                        + sandbox.baseUrl() + "/" + name + "\"" + more + "}")
                .collect(Collectors.joining(", "));
        return settings(waterfall, keyed);
    }

    private Settings settings(String waterfall, String providers) {
        String people = "{entity: person, record-id: id, fields: {name.full: name, email: email}}";
        String firms = "{entity: company, record-id: id, fields: {name: name}, identifiers: {website: site}}";
        String sources = source("contact", "people", people)
                + (Files.exists(dir.resolve("firms.csv")) ? ", " + source("account", "firms", firms) : "");
        return Settings.load(
                Path.of("../../conf"),
                List.of(
                        "lake={root: \"" + dir.resolve("lake") + "\"}",
                        "sources=[" + sources + "]",
                        "providers={" + providers + "}",
                        "waterfall=" + waterfall,
                        "limits={buckets: 2}",
                        "budget={}"));
    }

    private String source(String object, String file, String mapping) {
        return "{name: " + file + ", crm: crm, object: " + object + ", format: csv, path: \""
                + dir.resolve(file + ".csv") + "\", allow-unchanged: true, mapping: " + mapping + "}";
    }
}
