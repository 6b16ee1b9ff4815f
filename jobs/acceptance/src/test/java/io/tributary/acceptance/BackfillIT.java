package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.jobs.bench.Tether;
import io.tributary.jobs.report.Figure;
import io.tributary.sandbox.Latency;
import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
import io.tributary.sandbox.ledger.CallEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Backfills as real processes against a sandbox whose ledger is the judge. A smaller form is played with {@code
 * -Dtributary.backfill.keys=1000 -Dtributary.backfill.chunk=250}.
 */
@Tag("long")
class BackfillIT {
    private static final int KEYS = Integer.getInteger("tributary.backfill.keys", 10_000);
    private static final int CHUNK = Integer.getInteger("tributary.backfill.chunk", KEYS / 4);
    private static final int IN_FLIGHT = 32;

    /** By two tasks, calls in flight and answers that were not flushed. */
    private static final int BOUND = 2 * (IN_FLIGHT + 200);

    @TempDir
    Path folder;

    @Test
    void aBackfillThatIsKilledAtHalfIsGoneOnWithAndPaysTwiceForNoMoreThanWasUnderWay() throws Exception {
        try (SandboxServer sandbox = fast()) {
            known(KEYS, sandbox);
            JsonNode plan = json(backfill("--chunk", "" + CHUNK, "--json"), "{\"plan_id\"");
            assertEquals(KEYS, plan.path("keys").path("work").asInt(), plan.toString());
            String id = plan.path("plan_id").asText();

            Process killed = begun("killed", "backfill", "--chunk", "" + CHUNK, "--approve", id);
            awaitBilled(sandbox, KEYS / 2, killed, "killed");
            killed.destroyForcibly().waitFor();
            long billed = sandbox.ledger().counts("hunter").billed();
            assertTrue(billed < KEYS, billed + " were billed at the kill");

            Home.Ended refused = backfill("--chunk", "" + CHUNK, "--approve", id);
            assertEquals(1, refused.exitCode(), refused.output());
            assertTrue(refused.output().contains("no longer the one that was approved"), refused.output());

            Home.Ended resumed = command("resume", "--json");
            assertEquals(0, resumed.exitCode(), resumed.output());
            JsonNode summary = json(resumed, "{\"run_id\"");
            long repeats = sandbox.ledger().counts("hunter").repeats();
            Figures figures = new Figures("backfill");
            figures.hold(Figure.atLeast("a backfill killed at half: keys billed at the kill", billed, KEYS / 2.0));
            figures.hold(Figure.atMost("a backfill killed at half: answers paid twice", repeats, BOUND));
            figures.hold(Figure.atLeast(
                    "a backfill killed at half: answers paid twice, told",
                    summary.path("repeats").asLong(),
                    repeats));
            figures.hold(Figure.atMost(
                    "a backfill killed at half: keys never answered",
                    KEYS - sandbox.ledger().counts("hunter").distinct(),
                    0));
            assertEquals("done", summary.path("status").asText(), summary.toString());
            Home.Ended again = command("resume", "--json");
            assertTrue(again.output().contains("nothing to go on with"), again.output());
            assertEquals(
                    0,
                    json(backfill("--json"), "{\"plan_id\"")
                            .path("keys")
                            .path("work")
                            .asInt());
        }
    }

    @Test
    void whatABackfillMaySpendHoldsForWhoeverGoesOnWithIt() throws Exception {
        try (SandboxServer sandbox = fast()) {
            int credits = KEYS / 20;
            known(KEYS / 4, sandbox);
            String[] asked = {"--chunk", "" + credits / 2, "--max-credits", "" + credits};
            JsonNode plan = json(backfill(with(asked, "--json")), "{\"plan_id\"");
            Process killed = begun(
                    "credits", with(asked, "--approve", plan.path("plan_id").asText(), "backfill"));
            awaitBilled(sandbox, credits / 2, killed, "credits");
            killed.destroyForcibly().waitFor();
            for (int night = 0; night < 2; night++) {
                Home.Ended resumed = command("resume", "--json", "--deferred-ok");
                assertEquals(0, resumed.exitCode(), resumed.output());
            }
            double billed = sandbox.ledger().counts("hunter").billedCredits();
            Figures figures = new Figures("backfill-credits");
            figures.hold(Figure.atMost("credits billed of a backfill that may spend " + credits, billed, credits));
            // What may have been bought at the kill counts as bought.
            figures.hold(Figure.atLeast("and of these spent", billed, credits - BOUND));
            aNewerLakeIsRefused();
        }
    }

    /** A quota of 50 a second. The night is given what it wants, and the backfill what that leaves. */
    @Test
    void besideANightABackfillYields() throws Exception {
        int old = KEYS / 2;
        try (SandboxServer sandbox = SandboxServer.start(SandboxOptions.builder()
                .quota("hunter", "50/1s")
                .matchRate(1)
                .pending(0, Duration.ZERO)
                .listedCalls(10 * KEYS)
                .latency(Latency.fixed(Duration.ofMillis(50)))
                .build())) {
            known(old, sandbox);
            Shop.in(folder).with(old + KEYS / 5, sandbox, "");
            String quota = "providers.hunter.quota=[{calls: 50, per: 1s}]";
            JsonNode plan = json(backfill("--json", "--set", quota), "{\"plan_id\"");
            Process backfill = begun(
                    "beside",
                    "backfill",
                    "--set",
                    quota,
                    "--approve",
                    plan.path("plan_id").asText());
            awaitBilled(sandbox, 100, backfill, "beside");
            Home.Ended night = command("nightly", "--json", "--deferred-ok", "--set", quota);
            assertEquals(0, night.exitCode(), night.output());
            backfill.destroy();
            assertTrue(backfill.waitFor(2, TimeUnit.MINUTES));

            // A look at the account has no subject.
            List<CallEntry> calls = sandbox.ledger().entries("hunter").stream()
                    .filter(call -> !call.input().isEmpty())
                    .toList();
            List<Long> nights = calls.stream()
                    .filter(call -> number(call) >= old)
                    .map(CallEntry::timeMillis)
                    .sorted()
                    .toList();
            assertEquals(KEYS / 5, nights.size(), "each of the night's keys once");
            long from = nights.get(0);
            long to = nights.get(nights.size() - 1);
            assertTrue(
                    calls.stream().anyMatch(call -> number(call) < old && call.timeMillis() > to),
                    "the backfill had nothing left to ask");
            // A part that was held comes back as its calls leave the window.
            long settled = from + 5000;
            Figures figures = new Figures("backfill-beside");
            figures.hold(Figure.atMost(
                    "part of the calls that a backfill gets while a night wants all",
                    share(calls, old, from, to),
                    0.25));
            figures.hold(Figure.atMost("the same from 5 s on", share(calls, old, settled, to), 0.05));
            figures.hold(Figure.atLeast(
                    "calls a second of both together, of 50",
                    1000.0 * between(calls, settled, to) / (to - settled),
                    40));
            figures.hold(Figure.atMost(
                    "calls that were refused", sandbox.ledger().counts("hunter").refusedByWindow(), 0));
            figures.hold(Figure.atMost(
                    "answers paid twice", sandbox.ledger().counts("hunter").repeats(), 0));
        }
    }

    private static double share(List<CallEntry> calls, int old, long from, long to) {
        long backfill = calls.stream()
                .filter(call -> number(call) < old && call.timeMillis() >= from && call.timeMillis() <= to)
                .count();
        return (double) backfill / between(calls, from, to);
    }

    private static long between(List<CallEntry> calls, long from, long to) {
        return calls.stream()
                .filter(call -> call.timeMillis() >= from && call.timeMillis() <= to)
                .count();
    }

    /** The number of the customer: {@code ada17@firm17.com}. */
    private static int number(CallEntry call) {
        return Integer.parseInt(call.input().replaceFirst(".*ada(\\d+)@.*", "$1"));
    }

    /** Says of one table, as a newer version would, that its schema is of version 99. */
    private void aNewerLakeIsRefused() throws IOException {
        Path log = folder.resolve("lake/runs/_delta_log");
        List<Path> commits;
        try (Stream<Path> files = Files.list(log)) {
            commits = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        String metadata = Files.readString(commits.get(0))
                .lines()
                .filter(line -> line.startsWith("{\"metaData\""))
                .findFirst()
                .orElseThrow();
        assertTrue(metadata.contains("\"tributary.schema\":\"1\""), metadata);
        Files.writeString(
                log.resolve(String.format("%020d.json", commits.size())),
                metadata.replace("\"tributary.schema\":\"1\"", "\"tributary.schema\":\"99\"") + "\n");
        Home.Ended refused = command("nightly");
        assertEquals(2, refused.exitCode(), refused.output());
        assertTrue(refused.output().contains("schema version 99"), refused.output());
    }

    /** Golden tables with that many people, of whom nobody was asked about. */
    private void known(int people, SandboxServer sandbox) throws IOException {
        Shop.in(folder).with(people, sandbox, "0");
        Home.Ended night = command("nightly", "--deferred-ok");
        assertEquals(0, night.exitCode(), night.output());
        assertEquals(0, sandbox.ledger().counts("hunter").billed());
        Shop.in(folder).with(people, sandbox, "");
    }

    private static SandboxServer fast() throws IOException {
        return SandboxServer.start(SandboxOptions.builder()
                .quotasOff()
                .matchRate(1)
                .pending(0, Duration.ZERO)
                .latency(Latency.fixed(Duration.ofMillis(200)))
                .build());
    }

    private Home.Ended backfill(String... more) throws IOException {
        return command(with(more, "backfill"));
    }

    /** The last of {@code more} comes first. */
    private static String[] with(String[] words, String... more) {
        List<String> all = new ArrayList<>(List.of(more[more.length - 1]));
        all.addAll(List.of(words));
        all.addAll(List.of(more).subList(0, more.length - 1));
        return all.toArray(String[]::new);
    }

    private List<String> words(String... command) {
        List<String> words =
                new ArrayList<>(List.of(Home.FOLDER.resolve("tributary").toString()));
        words.addAll(List.of(command));
        words.addAll(List.of(
                "--conf",
                folder.resolve("conf").toString(),
                "--set",
                "providers.hunter.max-in-flight=" + IN_FLIGHT,
                "--set",
                "limits.buckets=8"));
        if (!List.of(command).toString().contains("providers.hunter.quota=")) {
            words.addAll(List.of("--set", "providers.hunter.quota-scale=1000"));
        }
        return words;
    }

    private Home.Ended command(String... command) throws IOException {
        return Home.run(folder, words(command), List.of("TRIBUTARY_HEAP=1200m"));
    }

    /** A command that is at work, with the JVM in the place of the launcher. */
    private Process begun(String name, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words(command))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().put("TRIBUTARY_HEAP", "1200m");
        builder.environment().put("JDK_JAVA_OPTIONS", Home.SHORT_LIVED);
        return Tether.tied(builder.start());
    }

    private void awaitBilled(SandboxServer sandbox, int billed, Process process, String name) {
        while (sandbox.ledger().counts("hunter").billed() < billed) {
            assertTrue(process.isAlive(), () -> read(name));
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static JsonNode json(Home.Ended command, String start) throws IOException {
        String json = command.output()
                .lines()
                .filter(line -> line.startsWith(start))
                .reduce((first, last) -> last)
                .orElseThrow(() -> new AssertionError(command.output()));
        return new ObjectMapper().readTree(json);
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name + ".log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
