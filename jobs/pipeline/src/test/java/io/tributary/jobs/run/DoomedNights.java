package io.tributary.jobs.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.jobs.StoppedException;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.store.CrashPoint;
import io.tributary.jobs.store.MortalProcess;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.TableRef;
import io.tributary.model.EntityKind;
import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.ledger.CallEntry;
import io.tributary.sandbox.ledger.Ledger;
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
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Assertions;

/**
 * One night played again and again, each time on a fresh copy of the same lake: by processes that die, and by one at the end
 * that does not. The lake has known some of the people and firms for a night, so that golden rows are merged.
 */
final class DoomedNights {
    static final String PROVIDER = "hunter";

    private static final Instant FIRST = Instant.parse("2026-08-20T02:00:00Z");

    /** Of the clock of who dies before that of the next: what the dead left open seems to be younger than what ended it. */
    private static final Duration AHEAD = Duration.ofMinutes(10);

    private static final int KNOWN = 4;
    private static final int ALL = 9;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SparkSession spark;
    private final Path folder;

    private DoomedNights(SparkSession spark, Path folder) {
        this.spark = spark;
        this.folder = folder;
    }

    /**
     * What became of a lake.
     *
     * @param last the last night's own words; empty if it found all done and refused to read the same extracts again
     * @param judge of all rows
     * @param ledger the provider's books since the first of the played nights
     * @param boughtByDead how many answers the dead nights were billed
     * @param writes of the last night
     */
    record Played(
            Optional<RunSummary> last,
            LakeJudge judge,
            Ledger ledger,
            List<Integer> boughtByDead,
            List<String> writes) {
        /** Subjects of billed calls, as often as each was billed, sorted. */
        List<String> billed() {
            return DoomedNights.billed(ledger).map(CallEntry::input).sorted().toList();
        }
    }

    /** Plays the night before; of history and contacts every commit makes a checkpoint. */
    static DoomedNights after(SparkSession spark, Path folder) throws IOException {
        DoomedNights nights = new DoomedNights(spark, folder);
        Files.copy(Path.of("../../conf/demo/keys/hunter"), folder.resolve("hunter.key"));
        Path lake = folder.resolve("before");
        String interval = "spark.databricks.delta.properties.defaults.checkpointInterval";
        spark.conf().set(interval, 1);
        lake(lake).history().ensure(spark);
        lake(lake).golden(EntityKind.PERSON).ensure(spark);
        spark.conf().unset(interval);
        nights.writeExtracts(KNOWN, "Ada");
        try (SandboxServer sandbox = sandbox()) {
            nights.night(lake.toString(), sandbox, Duration.ZERO, Duration.ZERO);
        }
        nights.writeExtracts(ALL, "Augusta Ada");
        return nights;
    }

    /**
     * Lets a process die in each of the points in turn, and plays the night in peace then.
     *
     * @param between the time from one night to the next
     */
    Played play(String name, Duration between, CrashPoint... ends) throws IOException {
        Path lake = folder.resolve(name);
        copy(folder.resolve("before"), lake);
        List<Integer> bought = new ArrayList<>();
        try (SandboxServer sandbox = sandbox()) {
            Duration later = between;
            Duration clock = AHEAD.multipliedBy(ends.length);
            for (CrashPoint end : ends) {
                MortalProcess process = MortalProcess.until(end);
                String place = process.place(lake);
                Duration now = later;
                Duration ahead = clock;
                Exception met = Assertions.assertThrows(
                        Exception.class,
                        () -> night(place, sandbox, now, ahead),
                        () -> end + " of " + process.writes());
                if (!process.isDead()) {
                    throw new AssertionError(end + " was never reached: " + process.writes(), met);
                }
                bought.add(Math.toIntExact(billed(sandbox.ledger()).count()));
                later = later.plus(between);
                clock = clock.minus(AHEAD);
            }
            MortalProcess process = MortalProcess.inPeace();
            Optional<RunSummary> last = Optional.empty();
            try {
                last = Optional.of(night(process.place(lake), sandbox, later, Duration.ZERO));
            } catch (StoppedException done) {
                Assertions.assertTrue(done.getMessage().contains("was read before"), done.getMessage());
            }
            return new Played(last, new LakeJudge(rows(lake)), sandbox.ledger(), bought, process.writes());
        }
    }

    private static Stream<CallEntry> billed(Ledger ledger) {
        return ledger.entries(PROVIDER).stream().filter(entry -> entry.billedCredits() > 0);
    }

    /**
     * Hours pass between nights: whoever died gave no sign of life for long.
     *
     * @param ahead what the clock that stamps answers is ahead of the other nights'
     */
    private RunSummary night(String place, SandboxServer sandbox, Duration later, Duration ahead) throws IOException {
        return new Nightly(
                        settings(place, sandbox),
                        spark,
                        Clock.offset(Clock.systemUTC(), later),
                        Progress.silent(),
                        line -> {})
                .run(new RunOptions(Optional.of(FIRST.plus(later).plus(ahead)), Interval.ALL));
    }

    private static SandboxServer sandbox() {
        return SandboxServer.start(SandboxOptions.builder()
                .quotasOff()
                .matchRate(0.7)
                .pending(0, Duration.ZERO)
                .faults(FaultProfile.NONE.withQuirks(0))
                .build());
    }

    /** One row is of nobody, and ends in rejects. */
    private void writeExtracts(int rows, String name) throws IOException {
        Files.writeString(
                folder.resolve("people.csv"),
                lines("id,name,email", rows, i -> i + "," + name + ",ada" + i + "@firm" + i + ".com") + ",Nobody,\n");
        Files.writeString(
                folder.resolve("firms.csv"), lines("id,name,site", rows, i -> i + ",Firm,works" + i + ".com"));
    }

    private interface Line {
        String of(int number);
    }

    private static String lines(String header, int rows, Line line) {
        return IntStream.range(0, rows).mapToObj(line::of).collect(Collectors.joining("\n", header + "\n", "\n"));
    }

    private Settings settings(String lake, SandboxServer sandbox) {
        return Settings.load(
                Path.of("../../conf"),
                List.of(
                        "lake={root: \"" + lake + "\"}",
                        "sources=["
                                + source(
                                        "contact",
                                        "people",
                                        "{entity: person, record-id: id, fields: {name.full:" + " name, email: email}}")
                                + ", "
                                + source(
                                        "account",
                                        "firms",
                                        "{entity: company, record-id: id, fields: {name: name},"
                                                + " identifiers: {website: site}}")
                                + "]",
                        "providers={hunter: {keys: [\"file:" + folder.resolve("hunter.key") + "\"], base-url: \""
                                + sandbox.baseUrl() + "/hunter\", quota-scale: 20}}",
                        "waterfall={person: [hunter], company: [hunter]}",
                        "limits={buckets: 2}",
                        "budget={}"));
    }

    private String source(String object, String file, String mapping) {
        return "{name: " + file + ", crm: crm, object: " + object + ", format: csv, path: \""
                + folder.resolve(file + ".csv") + "\", max-rejects: 1, mapping: " + mapping + "}";
    }

    private static Lake lake(Path folder) {
        return new Lake(name -> new TableRef(folder.resolve(name).toString()));
    }

    private Map<String, List<JsonNode>> rows(Path lake) throws IOException {
        Map<String, List<JsonNode>> rows = new TreeMap<>();
        for (var table : lake(lake).all().entrySet()) {
            if (!table.getValue().exists(spark)) {
                // A night that died between its answers and their fields leaves none of these.
                Assertions.assertEquals("answer_fields", table.getKey());
                continue;
            }
            List<JsonNode> all = new ArrayList<>();
            for (String row : table.getValue().read(spark).toJSON().collectAsList()) {
                all.add(JSON.readTree(row));
            }
            rows.put(table.getKey(), all);
        }
        return rows;
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(from)) {
            all = found.toList();
        }
        for (Path each : all) {
            Files.copy(each, to.resolve(from.relativize(each)));
        }
    }
}
