package io.tributary.jobs.run;

import io.tributary.jobs.Figures;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.report.RunSummary;
import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
import io.tributary.sandbox.fault.FaultKind;
import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
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
                shown.add(step + ": " + doing.get());
                return () -> shown.add(step + " ended");
            }
        };
        try (SandboxServer sandbox = SandboxServer.start(
                SandboxOptions.builder().quotasOff().matchRate(1).build())) {
            night(settings(sandbox, "{person: [hunter]}", "hunter", ", max-credits-per-run: 50"), 0, progress);
        }
        List<String> expected = new ArrayList<>();
        for (String step : List.of("recover", "read", "read", "plan", "commit", "call", "harvest", "merge")) {
            expected.addAll(List.of(step + (step.equals("call") ? " of 2" : ": planning"), step + " ended"));
        }
        Assertions.assertEquals(expected, shown);
    }

    @Test
    void whatWasAcceptedIsFetchedTheNextNightAndBoughtOnce() throws IOException {
        int each = 6;
        write("people", "id,name,email", each, i -> i + ",Ada,ada" + i + "@firm" + i + ".com");
        write("firms", "id,name,site", each, i -> i + ",Firm,works" + i + ".com");
        FaultProfile accepts = new FaultProfile(
                null, Map.of("example", Map.of(FaultKind.PENDING_202, 1.0)), null, null, null, null, null, null, 0);
        try (SandboxServer sandbox = SandboxServer.start(SandboxOptions.builder()
                .quotasOff()
                .matchRate(1)
                .pending(1, Duration.ZERO)
                .faults(accepts)
                .build())) {
            Settings settings = settings(sandbox, "{person: [clearbit], company: [example]}", "clearbit, example", "");

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

    private RunSummary night(Settings settings, int day, Progress progress) throws IOException {
        return new Nightly(settings, spark(), Clock.systemUTC(), progress, line -> {})
                .run(new RunOptions(Optional.of(TONIGHT.plus(Duration.ofDays(day))), Interval.ALL));
    }

    private Settings settings(SandboxServer sandbox, String waterfall, String providers, String more) {
        String people = "{entity: person, record-id: id, fields: {name.full: name, email: email}}";
        String firms = "{entity: company, record-id: id, fields: {name: name}, identifiers: {website: site}}";
        String sources = source("contact", "people", people)
                + (Files.exists(dir.resolve("firms.csv")) ? ", " + source("account", "firms", firms) : "");
        String keyed = List.of(providers.split(", ")).stream()
                .map(name -> name + ": {keys: [\"file:" + dir.resolve(name + ".key") + "\"], base-url: \""
                        + sandbox.baseUrl() + "/" + name + "\"" + more + "}")
                .collect(Collectors.joining(", "));
        return Settings.load(
                Path.of("../../conf"),
                List.of(
                        "lake={root: \"" + dir.resolve("lake") + "\"}",
                        "sources=[" + sources + "]",
                        "providers={" + keyed + "}",
                        "waterfall=" + waterfall,
                        "limits={buckets: 2}",
                        "budget={}"));
    }

    private String source(String object, String file, String mapping) {
        return "{name: " + file + ", crm: crm, object: " + object + ", format: csv, path: \""
                + dir.resolve(file + ".csv") + "\", allow-unchanged: true, mapping: " + mapping + "}";
    }
}
