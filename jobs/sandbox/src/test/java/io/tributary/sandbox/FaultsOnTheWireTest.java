package io.tributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.sandbox.fault.FaultProfile;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultsOnTheWireTest {
    private static final String URI = "/example/v1/company/enrich?domain=acme.example";
    private static final String KEY = "X-API-Key: sandbox-example-key";

    private static SandboxServer faulty(String rates) {
        return SandboxServer.start(SandboxOptions.builder()
                .matchRate(1)
                .faults(FaultProfile.parse("{\"rates\":{" + rates + "},\"hang\":\"50ms\",\"slow\":\"20ms\"}"))
                .build());
    }

    @Test
    void aTornBodyIsShorterThanAnnounced() throws IOException {
        try (SandboxServer server = faulty("\"torn\":1");
                RawSocket socket = new RawSocket(server.port())) {
            assertFalse(socket.ask("GET", URI, KEY, "").isWhole());
        }
    }

    @Test
    void aSlowBodyArrivesWhole() throws IOException {
        try (SandboxServer server = faulty("\"slow\":1");
                RawSocket socket = new RawSocket(server.port())) {
            assertTrue(socket.ask("GET", URI, KEY, "").isWhole());
            assertTrue(socket.ask("GET", URI, KEY, "").text().endsWith("}"), "and the connection goes on");
        }
    }

    @Test
    void aResetOrHangingCallGetsNoHeaders() throws IOException {
        for (String fault : new String[] {"\"reset\":1", "\"hang\":1"}) {
            try (SandboxServer server = faulty(fault);
                    RawSocket socket = new RawSocket(server.port())) {
                assertThrows(IOException.class, () -> socket.ask("GET", URI, KEY, ""));
                assertEquals(1, server.ledger().totals().billed());
            }
        }
    }

    @Test
    void pipelinedCallsAreAnsweredInOrder() throws IOException {
        try (SandboxServer server = SandboxServer.start(SandboxOptions.builder()
                        .matchRate(1)
                        .latency(new Latency(Duration.ofMillis(2), Duration.ofMillis(20)))
                        .build());
                RawSocket socket = new RawSocket(server.port())) {
            for (int call = 0; call < 20; call++) {
                socket.write("GET", "/example/v1/company/enrich?domain=c" + call + ".example", KEY, "");
            }
            for (int call = 0; call < 20; call++) {
                assertTrue(socket.read().text().contains("\"c" + call + ".example\""));
            }
        }
    }
}
