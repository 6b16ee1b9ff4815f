package io.tributary.jobs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderCheckCommandTest {
    private static final Path CONF = Path.of("../../conf");

    @TempDir
    Path dir;

    private record Said(int exit, String text) {}

    private static Said run(String... args) {
        PrintStream before = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            return new Said(Tributary.run(args), said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }

    private void copy(String name) throws IOException {
        Path to = dir.resolve(name);
        Files.createDirectories(to.getParent());
        Files.copy(CONF.resolve(name), to);
    }

    @Test
    void allShippedProvidersDoAsRecorded() {
        Said said = run("providers", "check", "--conf", CONF.toString());
        assertEquals(0, said.exit(), said.text());
        assertTrue(said.text().contains("hunter: "), said.text());
    }

    @Test
    void whatIsUnderstoodOtherwiseIsShown() throws IOException {
        copy("providers/example.yaml");
        copy("fixtures/example/person/matched.json");
        assertEquals(0, run("providers", "check", "--conf", dir.toString()).exit());
        Path file = dir.resolve("providers/example.yaml");
        Files.writeString(
                file, Files.readString(file).replace("confidence: {from: confidence", "confidence: {from: sureness"));
        Said said = run("providers", "check", "example", "--conf", dir.toString());
        assertEquals(1, said.exit(), said.text());
        assertTrue(said.text().contains("example/person/matched.json: the reading is not as recorded"), said.text());
    }

    @Test
    void aFileWithAFaultIsNotReplayed() throws IOException {
        copy("providers/example.yaml");
        Path file = dir.resolve("providers/example.yaml");
        Files.writeString(file, Files.readString(file).replace("re-ask: ask-again", "re-ask: perhaps"));
        Said said = run("providers", "check", "--conf", dir.toString());
        assertEquals(1, said.exit(), said.text());
        assertTrue(said.text().contains("example.yaml:") && said.text().contains("re-ask"), said.text());
        assertEquals(
                2, run("providers", "check", "nobody", "--conf", dir.toString()).exit());
    }

    @Test
    void aFileIsTriedAgainstTheSandboxThatItNames() throws IOException {
        copy("providers/example.yaml");
        Path file = dir.resolve("providers/example.yaml");
        String text = Files.readString(file);
        try (SandboxServer sandbox = SandboxServer.start(
                SandboxOptions.builder().matchRate(1).pending(0, Duration.ZERO).build())) {
            String live = """
                    live:
                      key: sandbox-example-key
                      hosts: {api: "%s/example"}
                      asks:
                        - {operation: company, inputs: {domain: acme.example}, is: [matched, partial]}
                        - {operation: person, inputs: {email: ada@acme.example}, is: [OUTCOME]}
                    """.formatted(sandbox.baseUrl());
            Files.writeString(file, text.replace("\nrules:", "\n" + live.replace("OUTCOME", "matched") + "rules:"));
            Said good = run("providers", "check", "example", "--live", "--conf", dir.toString());
            assertEquals(0, good.exit(), good.text());
            assertTrue(good.text().contains("live person: HTTP 200, matched, as it should be"), good.text());
            assertEquals(2, sandbox.ledger().counts("example").calls());
            Files.writeString(file, text.replace("\nrules:", "\n" + live.replace("OUTCOME", "not-found") + "rules:"));
            Said bad = run("providers", "check", "example", "--live", "--conf", dir.toString());
            assertEquals(1, bad.exit(), bad.text());
            assertTrue(bad.text().contains("not one of [NOT_FOUND]"), bad.text());
            Said bounded = run("providers", "check", "example", "--live", "--max-calls", "1", "--conf", dir.toString());
            assertTrue(bounded.text().contains("the rest is not asked: --max-calls 1"), bounded.text());
            assertEquals(5, sandbox.ledger().counts("example").calls());
        }
        Files.writeString(file, text);
        assertEquals(
                2,
                run("providers", "check", "example", "--live", "--conf", dir.toString())
                        .exit());
    }

    @Test
    void whatAProviderSaysIsKeptWithoutTheKeyAndReplayed() throws IOException {
        copy("providers/snovio.yaml");
        copy("providers/example.yaml");
        Path file = dir.resolve("providers/snovio.yaml");
        Files.writeString(file, Files.readString(file).replace("first: 10s", "first: 1ms"));
        Files.createDirectories(dir.resolve("fixtures"));
        try (SandboxServer sandbox = SandboxServer.start(
                SandboxOptions.builder().matchRate(1).pending(0, Duration.ZERO).build())) {
            String[] person = {
                "providers",
                "record",
                "example",
                "--conf",
                dir.toString(),
                "--base-url",
                sandbox.baseUrl() + "/example",
                "--key",
                "file:../../conf/demo/keys/example",
                "--operation",
                "person",
                "--as",
                "found",
                "--ask",
                "email=ada@acme.example",
                "--max-credits",
                "1"
            };
            Said dear = run(Arrays.copyOf(person, person.length - 2));
            assertEquals(2, dear.exit(), dear.text());
            assertEquals(0, sandbox.ledger().counts("example").calls(), "nothing is bought unasked");
            assertEquals(0, run(person).exit());
            assertEquals(2, run(person).exit(), "a fact is never overwritten");
            Said token = run(
                    "providers",
                    "record",
                    "snovio",
                    "--conf",
                    dir.toString(),
                    "--base-url",
                    sandbox.baseUrl() + "/snovio",
                    "--key",
                    "client-id=file:../../conf/demo/keys/snovio-client-id",
                    "--key",
                    "client-secret=file:../../conf/demo/keys/snovio-client-secret",
                    "--operation",
                    "email-finder",
                    "--as",
                    "started",
                    "--max-calls",
                    "2",
                    "--ask",
                    "first_name=Ada,last_name=Example,domain=acme.example",
                    "--max-credits",
                    "20");
            assertEquals(0, token.exit(), token.text());
        }
        String fact = Files.readString(dir.resolve("fixtures/example/person/found.json"));
        assertTrue(fact.contains("${key}") && !fact.contains("sandbox-example-key"), fact);
        assertTrue(Files.exists(dir.resolve("fixtures/snovio/email-finder/started-2.json")), "the job is looked for");
        Said replayed = run("providers", "check", "--conf", dir.toString());
        assertEquals(0, replayed.exit(), replayed.text());
        assertTrue(replayed.text().contains("example: 1 facts, all as recorded"), replayed.text());
        assertTrue(replayed.text().contains("snovio: 2 facts, all as recorded"), replayed.text());
    }
}
