package io.tributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CommandLineTest {
    private static Process sandbox(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Sandbox.class.getName()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    @Test
    void printsItsAddressAndStopsWhenTold() throws Exception {
        Process process = sandbox(
                "--port",
                "0",
                "--seed",
                "9",
                "--latency",
                "1ms",
                "--p99",
                "4ms",
                "--quota",
                "example=3/1s,5/1m",
                "--credits",
                "example=9",
                "--faults",
                "none",
                "--quota-scale",
                "2");
        try {
            String line = process.inputReader(StandardCharsets.UTF_8).readLine();
            assertTrue(line.startsWith("Sandbox ready at http://127.0.0.1:"), line);
            int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
            try (RawSocket socket = new RawSocket(port)) {
                RawSocket.Response response = socket.ask(
                        "GET", "/example/v1/company/enrich?domain=a.example", "X-API-Key: sandbox-example-key", "");
                assertEquals("6", response.headers().get("x-ratelimit-limit"));
            }
            process.destroy();
            assertTrue(process.waitFor(10, TimeUnit.SECONDS), "stops within ten seconds");
            assertThrows(ConnectException.class, () -> new RawSocket(port).close());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void wrongOptionsAreAUsageError() throws Exception {
        Process process = sandbox("--latency", "soon");
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(2, process.waitFor());
        assertTrue(said.contains("\"soon\" is not a duration"), said);
    }
}
