package io.tributary.jobs.run;

import io.tributary.jobs.Figures;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.report.RunSummary;
import io.tributary.model.Outcome;
import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.ledger.CallEntry;
import io.tributary.sandbox.wire.Truth;
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
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole nights with the habits of one provider, read by its file: what we keep of every key is what the provider meant. */
class QuirkNightTest extends SparkTest {
    private static final Figures FIGURES = new Figures("quirks");
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");
    private static final int PEOPLE = 200;
    private static final int FIRMS = 100;
    private static final List<Truth> OPEN = List.of(Truth.UNANSWERED, Truth.LATER);

    @TempDir
    Path dir;

    @Test
    void fullContactIsReadAsItMeansIt() throws IOException {
        // Few firms are not found, and two of its habits end a night.
        FaultProfile habits = FaultProfile.parse("{\"quirks\": {\"all\": 0.05, \"fullcontact.not-registered\": 0.5,"
                + " \"fullcontact.quota-403\": 0, \"fullcontact.key-403\": 0}}");
        try (SandboxServer sandbox = sandbox(habits)) {
            RunSummary night = night(sandbox, "fullcontact");
            holdsToTheLedger("fullcontact", "fullcontact", sandbox, night);
            everyKeyHasAnAnswer("fullcontact", sandbox);
            List<Row> history = history("fullcontact", sandbox);
            showed("queued", sandbox.ledger().counts("fullcontact").statuses().getOrDefault(202, 0L));
            showed("not registered", with(history, "reason", "not_registered"::equals));
            showed("details null", with(history, "raw_body", body -> body.contains("\"details\":null")));
            showed("page in profiles", with(history, "raw_body", body -> body.contains("\"profiles\":{")));
        }
    }

    @Test
    void peopleDataLabsIsReadAsItMeansIt() throws IOException {
        FaultProfile habits = FaultProfile.parse("{\"quirks\": {\"all\": 0.05, \"peopledatalabs.too-large\": 0.5}}");
        try (SandboxServer sandbox = sandbox(habits)) {
            RunSummary night = night(sandbox, "peopledatalabs");
            holdsToTheLedger("peopledatalabs", "peopledatalabs", sandbox, night);
            everyKeyHasAnAnswer("peopledatalabs", sandbox);
            List<Row> history = history("peopledatalabs", sandbox);
            showed(
                    "too large",
                    sandbox.ledger().counts("peopledatalabs").statuses().getOrDefault(502, 0L));
            showed("gated", with(history, "raw_body", body -> body.contains("\"personal_emails\":false")));
            showed("type a list", with(history, "raw_body", body -> body.contains("\"type\":[\"not_found\"]")));
            showed("error missing", with(history, "raw_body", body -> body.contains("404,\"message\":\"No records")));
        }
    }

    /** The operations that its file describes and does not use. */
    @Test
    void peopleDataLabsOneByOneIsReadAsItMeansIt() throws IOException {
        FaultProfile habits = FaultProfile.parse("{\"quirks\": {\"all\": 0.05}}");
        try (SandboxServer sandbox = sandbox(habits)) {
            RunSummary night = night(sandbox, "peopledatalabs", spec -> spec.replace("    use: false\n", "")
                    .replaceAll("(?m)^  (person|company)-bulk:\n", "$0    use: false\n"));
            holdsToTheLedger("peopledatalabs", "one by one", sandbox, night);
            everyKeyHasAnAnswer("peopledatalabs", sandbox);
            List<Row> history = history("peopledatalabs", sandbox);
            showed("one by one", with(history, "operation", "person"::equals));
            showed("error missing", with(history, "raw_body", body -> body.contains("404,\"message\":\"No records")));
        }
    }

    /** The 403 that means a used-up plan ends the provider's part of the night, and nothing that was bought is lost. */
    @Test
    void aPlanThatEndsInTheMiddleLosesNothing() throws IOException {
        FaultProfile ends = FaultProfile.parse("{\"quirks\": {\"fullcontact.quota-403\": 0.02}}");
        try (SandboxServer sandbox = sandbox(ends)) {
            RunSummary night = night(sandbox, "fullcontact");
            holdsToTheLedger("fullcontact", "plan that ends", sandbox, night);
            showed("403", sandbox.ledger().counts("fullcontact").statuses().getOrDefault(403, 0L));
            Assertions.assertTrue(night.count("deferred") > 0, "the rest waits");
        }
    }

    private SandboxServer sandbox(FaultProfile habits) {
        return SandboxServer.start(SandboxOptions.builder()
                .pending(0, Duration.ofMillis(200))
                .faults(habits)
                .build());
    }

    /** Every key's outcome and price is what the provider's own books have; what was not sent is unanswered, and free. */
    private void holdsToTheLedger(String provider, String name, SandboxServer sandbox, RunSummary night) {
        Map<String, List<CallEntry>> meant = sandbox.ledger().entries(provider).stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.entity() + " " + entry.input(), TreeMap::new, Collectors.toList()));
        Map<String, List<Row>> kept = history(provider, sandbox).stream()
                .collect(Collectors.groupingBy(
                        row -> row.getAs("entity") + " "
                                + row.<String>getAs("lookup_key").replaceFirst("^[a-z]+:", ""),
                        TreeMap::new,
                        Collectors.toList()));
        TreeSet<String> keys = new TreeSet<>(meant.keySet());
        keys.addAll(kept.keySet());
        List<String> wrong = keys.stream()
                .flatMap(key ->
                        wrong(key, meant.getOrDefault(key, List.of()), kept.getOrDefault(key, List.of())).stream())
                .toList();
        FIGURES.exactly(name + ": asks read otherwise than meant", List.of(), wrong);
        FIGURES.exactly(
                name + ": repeats that were billed",
                0L,
                sandbox.ledger().counts(provider).repeats());
        FIGURES.exactly(
                name + ": refused by a window",
                0L,
                sandbox.ledger().counts(provider).refusedByWindow());
        FIGURES.exactly(
                name + ": credits that we count",
                sandbox.ledger().counts(provider).billedCredits(),
                night.count("credits"));
    }

    private static Optional<String> wrong(String key, List<CallEntry> calls, List<Row> rows) {
        Truth last =
                calls.isEmpty() ? Truth.UNANSWERED : calls.get(calls.size() - 1).truth();
        Outcome outcome = rows.isEmpty()
                ? Outcome.FAILED
                : Outcome.valueOf(rows.get(rows.size() - 1).getAs("outcome"));
        double billed = calls.stream().mapToDouble(CallEntry::billedCredits).sum();
        double counted =
                rows.stream().mapToDouble(row -> row.<Double>getAs("credits")).sum();
        return means(outcome) == last && billed == counted
                ? Optional.empty()
                : Optional.of(key + ": " + last + " for " + billed + ", read as " + outcome + " for " + counted);
    }

    private static Truth means(Outcome outcome) {
        return switch (outcome) {
            case MATCHED, PARTIAL -> Truth.FOUND;
            case NOT_FOUND -> Truth.MISSED;
            case SUPPRESSED -> Truth.SUPPRESSED;
            case REJECTED -> Truth.UNREADABLE;
            case PENDING -> Truth.LATER;
            case FAILED, UNKNOWN -> Truth.UNANSWERED;
        };
    }

    private static void everyKeyHasAnAnswer(String provider, SandboxServer sandbox) {
        Map<String, Truth> last = sandbox.ledger().entries(provider).stream()
                .collect(Collectors.toMap(
                        entry -> entry.entity() + " " + entry.input(), CallEntry::truth, (before, after) -> after));
        FIGURES.exactly(provider + ": keys asked about", PEOPLE + FIRMS, last.size());
        FIGURES.exactly(
                provider + ": keys without an answer",
                0L,
                last.values().stream().filter(OPEN::contains).count());
    }

    private static void showed(String habit, long cases) {
        Assertions.assertTrue(cases > 0, habit + " did not show");
    }

    private static long with(List<Row> history, String column, Function<String, Boolean> is) {
        return history.stream()
                .map(row -> row.<String>getAs(column))
                .filter(text -> text != null && is.apply(text))
                .count();
    }

    private List<Row> history(String provider, SandboxServer sandbox) {
        return new Wiring(settings(provider, sandbox))
                .lake()
                .history()
                .read(spark())
                .orderBy("lookup_key", "fetched_at")
                .collectAsList();
    }

    private RunSummary night(SandboxServer sandbox, String provider) throws IOException {
        return night(sandbox, provider, spec -> spec);
    }

    private RunSummary night(SandboxServer sandbox, String provider, UnaryOperator<String> changed) throws IOException {
        write("people", "id,name,email", PEOPLE, i -> i + ",Ada,ada" + i + "@firm" + i + ".com");
        write("firms", "id,name,site", FIRMS, i -> i + ",Firm,works" + i + ".com");
        Files.writeString(dir.resolve("key"), "sandbox-" + provider + "-key");
        // A run is not held up by waits of minutes.
        String spec = Files.readString(Path.of("../../conf/providers").resolve(provider + ".yaml"))
                .replace("{first: 2m, longest: 2m, in-all: 5m}", "{first: 1s, longest: 1s, in-all: 5m}");
        Files.writeString(dir.resolve(provider + ".yaml"), changed.apply(spec));
        return new Nightly(settings(provider, sandbox), spark(), Clock.systemUTC(), Progress.silent(), line -> {})
                .run(new RunOptions(Optional.of(TONIGHT), Interval.ALL));
    }

    private interface Line {
        String of(int number);
    }

    private void write(String file, String header, int rows, Line line) throws IOException {
        Files.writeString(
                dir.resolve(file + ".csv"),
                Stream.concat(Stream.of(header), IntStream.range(0, rows).mapToObj(line::of))
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    private Settings settings(String provider, SandboxServer sandbox) {
        String people = "{entity: person, record-id: id, fields: {name.full: name, email: email}}";
        String firms = "{entity: company, record-id: id, fields: {name: name}, identifiers: {website: site}}";
        return Settings.load(
                Path.of("../../conf"),
                List.of(
                        "lake={root: \"" + dir.resolve("lake") + "\"}",
                        "sources=[" + source("contact", "people", people) + ", " + source("account", "firms", firms)
                                + "]",
                        "providers={" + provider + ": {spec: \"" + dir.resolve(provider + ".yaml")
                                + "\", keys: [\"file:" + dir.resolve("key") + "\"], base-url: \"" + sandbox.baseUrl()
                                + "/" + provider + "\"}}",
                        "waterfall={person: [" + provider + "], company: [" + provider + "]}",
                        "limits={buckets: 2}",
                        "budget={}"));
    }

    private String source(String object, String file, String mapping) {
        return "{name: " + file + ", crm: crm, object: " + object + ", format: csv, path: \""
                + dir.resolve(file + ".csv") + "\", allow-unchanged: true, mapping: " + mapping + "}";
    }
}
