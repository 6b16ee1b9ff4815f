package io.tributary.jobs.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.jobs.Figures;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.table.Lake;
import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nights in which a title and a phone number are wanted, against the sandbox, key by key. */
class WantedFieldsNightTest extends SparkTest {
    private static final Figures FIGURES = new Figures("wanted");
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");
    private static final int PEOPLE = 120;

    /** By the files of the providers. */
    private static final Map<String, Set<String>> BRINGS =
            Map.of("hunter", Set.of("title", "phone"), "apollo", Set.of("title"), "example", Set.of("title", "phone"));

    @TempDir
    Path dir;

    @Test
    @Tag("long")
    void providersAreAskedOnlyForWhatIsMissingAndNobodyTwice() throws IOException {
        Files.writeString(
                dir.resolve("people.csv"),
                IntStream.range(0, PEOPLE)
                        .mapToObj(i -> i + ",ada.example" + i + "@firm" + i + ".com")
                        .collect(Collectors.joining("\n", "id,email\n", "\n")));
        try (SandboxServer sandbox = SandboxServer.start(
                SandboxOptions.builder().quotasOff().pending(0, Duration.ZERO).build())) {
            Settings settings = settings(sandbox, "{title: above 0.5, phone: any}");
            nightly(settings).run(options(TONIGHT));

            Lake lake = new Wiring(settings).lake();
            long atMost = lake.work().read(spark()).selectExpr("explode(asks)").count();
            assertEquals(3 * PEOPLE, atMost, "everybody may be needed for everyone");
            List<String> faults = new ArrayList<>();
            long complete = faults(lake, faults);
            assertEquals(List.of(), faults);
            long answers =
                    lake.history().read(spark()).where("carried_by is null").count();
            FIGURES.exactly("keys asked for what they had, or not asked for what they lacked", 0, faults.size());
            Assertions.assertTrue(answers < atMost, answers + " answers of at most " + atMost);
            Assertions.assertTrue(
                    complete > PEOPLE / 4 && complete < PEOPLE, complete + " keys have all that is wanted");

            long before = calls(sandbox);
            RunSummary second = nightly(settings).run(options(TONIGHT.plus(Duration.ofDays(1))));
            FIGURES.exactly("a second night: calls", 0L, calls(sandbox) - before);
            assertEquals(PEOPLE, Math.round(second.count("cache_hits") + second.count("negative_hits")));
            assertEquals(0, Math.round(second.count("golden_changed")));

            // A number counts for three days only: who gave one that is older is asked again, before its answer is due.
            settings = settings(sandbox, "{title: above 0.5, phone: max-age 3d}");
            RunSummary later = nightly(settings).run(options(TONIGHT.plus(Duration.ofDays(4))));
            long phones = lake.history()
                    .read(spark())
                    .where("person.phone is not null and fetched_at < timestamp'2026-08-23 00:00:00Z'")
                    .select("lookup_key")
                    .distinct()
                    .count();
            assertEquals(
                    phones, Math.round(later.count("work")), "those whose number is too old by now, and no others");
            assertEquals(
                    phones,
                    lake.work()
                            .read(spark())
                            .where("run_id = '" + later.runId() + "' and reason like 'missing: %'"
                                    + " and array_contains(missing, 'phone')")
                            .count());
        }
    }

    /** Walks each key's answers in their order; tells what was asked in vain or left out, and counts complete keys. */
    private long faults(Lake lake, List<String> faults) {
        Map<String, Set<String>> missing = new TreeMap<>();
        Map<String, Set<String>> askedAt = new TreeMap<>();
        for (Row row : lake.history()
                .read(spark())
                .where("carried_by is null")
                .orderBy("fetched_at")
                .selectExpr(
                        "lookup_key",
                        "provider",
                        "person.title is not null and confidence > 0.5 as title",
                        "person.phone is not null as phone")
                .collectAsList()) {
            String key = row.getString(0);
            String provider = row.getString(1);
            Set<String> lacks = missing.computeIfAbsent(key, one -> new TreeSet<>(Set.of("title", "phone")));
            if (lacks.stream().noneMatch(BRINGS.get(provider)::contains)) {
                faults.add(key + " was asked at " + provider + " and lacked only " + lacks);
            }
            askedAt.computeIfAbsent(key, one -> new TreeSet<>()).add(provider);
            for (String field : List.of("title", "phone")) {
                if (Boolean.TRUE.equals(row.<Boolean>getAs(field))) {
                    lacks.remove(field);
                }
            }
        }
        assertEquals(PEOPLE, missing.size());
        missing.forEach((key, lacks) -> BRINGS.forEach((provider, brings) -> {
            if (lacks.stream().anyMatch(brings::contains) && !askedAt.get(key).contains(provider)) {
                faults.add(key + " lacks " + lacks + " and was not asked at " + provider);
            }
        }));
        return missing.values().stream().filter(Set::isEmpty).count();
    }

    private static long calls(SandboxServer sandbox) {
        return BRINGS.keySet().stream()
                .mapToLong(provider -> sandbox.ledger().counts(provider).calls())
                .sum();
    }

    private Nightly nightly(Settings settings) {
        return new Nightly(settings, spark(), Clock.systemUTC(), Progress.silent(), line -> {});
    }

    private static RunOptions options(Instant asOf) {
        return new RunOptions(Optional.of(asOf), Interval.ALL);
    }

    private Settings settings(SandboxServer sandbox, String wants) {
        String providers = BRINGS.keySet().stream()
                .map(name -> name + ": {keys: [\"file:"
                        + Path.of("../../conf/demo/keys")
                                .resolve(name)
                                .toAbsolutePath()
                                .normalize()
                        + "\"], base-url: \"" + sandbox.baseUrl() + "/" + name + "\"}")
                .collect(Collectors.joining(", ", "{", "}"));
        return Settings.load(
                Path.of("../../conf"),
                List.of(
                        "lake={root: \"" + dir.resolve("lake") + "\"}",
                        "sources=[{name: people, crm: crm, object: contact, format: csv, path: \""
                                + dir.resolve("people.csv") + "\", allow-unchanged: true, mapping: {entity: person,"
                                + " record-id: id, fields: {email: email}}}]",
                        "providers=" + providers,
                        "waterfall={person: {order: [hunter, apollo, example], wants: " + wants + "}}",
                        "limits={buckets: 2}",
                        "budget={}"));
    }
}
