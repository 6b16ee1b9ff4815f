package io.tributary.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.call.TransportException.Sent;
import io.tributary.provider.HttpAnswer;
import io.tributary.provider.HttpCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HttpClient5TransportTest {
    private RawServer server;
    private HttpClient5Transport transport;

    @BeforeEach
    void open() throws IOException {
        server = new RawServer();
        transport = new HttpClient5Transport(TransportSettings.DEFAULT);
    }

    @AfterEach
    void close() throws IOException {
        transport.close();
        server.close();
    }

    @Test
    void bringsTheWholeAnswerAndKeepsTheConnection() {
        for (int i = 0; i < 5; i++) {
            HttpAnswer answer = send("/ok").join();
            assertEquals("ok", answer.text());
            assertEquals(List.of("1", "2"), answer.headers().get("X-ONE"));
        }
        assertTrue(server.connections.get() <= 2, "an answer may be seen just before its connection is free again");
        assertEquals(5, server.requests.get());
    }

    @Test
    void sendsWhatItWasGivenAndNothingOfItsOwnAccord() {
        send("/cookie").join();
        send("/ok").join();
        assertTrue(server.lastHead.contains("POST /ok HTTP/1.1"), server.lastHead);
        assertTrue(server.lastHead.contains("Content-Type: application/json\r\n"), server.lastHead);
        assertTrue(server.lastHead.contains("X-Api-Key: k"), server.lastHead);
        assertFalse(server.lastHead.contains("Cookie"), server.lastHead);
    }

    @Test
    void neitherRetriesNorRedirects() {
        assertEquals(302, send("/moved").join().status());
        assertEquals(503, send("/busy").join().status());
        assertEquals(2, server.requests.get());
    }

    @Test
    void aRefusedConnectionBoughtNothing() throws IOException {
        ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        URI nobody = URI.create("http://127.0.0.1:" + free.getLocalPort() + "/");
        free.close();
        TransportException fault = fault(transport.send(call(nobody, Duration.ofSeconds(5))));
        assertEquals(Sent.NO, fault.sent());
        assertEquals("refused", fault.reason());
    }

    @Test
    void aCallThatMayNotLeaveAnyMoreIsNotWritten() {
        send("/ok").join();
        for (int i = 0; i < 3; i++) {
            TransportException fault =
                    fault(transport.send(call(server.at("/ok"), Duration.ofSeconds(5)), () -> false));
            assertEquals(Sent.NO, fault.sent());
            assertTrue(fault.isTooLate());
        }
        assertEquals("ok", send("/ok").join().text());
        assertEquals(2, server.requests.get());
    }

    @Test
    void whetherACallMayLeaveIsAskedByTheThreadThatWritesIt() {
        AtomicReference<String> asked = new AtomicReference<>();
        transport
                .send(call(server.at("/ok"), Duration.ofSeconds(5)), () -> {
                    asked.set(Thread.currentThread().getName());
                    return true;
                })
                .join();
        assertTrue(asked.get().startsWith("httpclient-dispatch"), asked.get());
    }

    @Test
    void aResetAfterTheRequestMayHaveBoughtSomethingAndIsNotSentAgain() {
        TransportException fault = fault(send("/reset"));
        assertEquals(Sent.MAYBE, fault.sent());
        assertEquals("reset", fault.reason());
        assertEquals(1, server.requests.get());
    }

    @Test
    void aTornBodyBringsWhatCame() {
        TransportException fault = fault(send("/torn"));
        assertEquals(Sent.MAYBE, fault.sent());
        assertEquals("torn", fault.reason());
        assertEquals(200, fault.status());
        assertEquals("{\"half\":", new String(fault.received(), StandardCharsets.UTF_8));
    }

    @Test
    void theDeadlineBoundsAHangingAnswer() {
        TransportException fault = fault(transport.send(call(server.at("/hang"), Duration.ofMillis(300))));
        assertEquals("timeout", fault.reason());
        assertEquals(Sent.MAYBE, fault.sent());
    }

    @Test
    void theDeadlineBoundsABodyThatStalls() {
        TransportException fault = fault(transport.send(call(server.at("/stall"), Duration.ofMillis(300))));
        assertEquals("timeout", fault.reason());
        assertEquals("{\"slow\":", new String(fault.received(), StandardCharsets.UTF_8));
    }

    @Test
    void aConnectionThatTheServerClosesIsReplaced() {
        assertEquals("ok", send("/close").join().text());
        assertEquals("ok", send("/ok").join().text());
        assertEquals(2, server.connections.get());
    }

    @Test
    void anAbandonedCallEndsAndLeavesTheClientUsable() {
        CompletableFuture<HttpAnswer> hanging = send("/hang");
        hanging.cancel(true);
        assertTrue(hanging.isCancelled());
        assertEquals("ok", send("/ok").join().text());
    }

    @Test
    void aProxyIsAskedForTheWholeAddress() throws IOException {
        try (HttpClient5Transport proxied = new HttpClient5Transport(new TransportSettings(
                10,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                1 << 20,
                Optional.of(server.at("")),
                Optional.empty()))) {
            TransportException fault =
                    fault(proxied.send(call(URI.create("http://provider.test/x"), Duration.ofMillis(500))));
            assertEquals("timeout", fault.reason());
            assertTrue(server.lastHead.startsWith("POST http://provider.test/x HTTP/1.1"), server.lastHead);
        }
    }

    @Test
    void aBundleWithoutCertificatesIsRefusedByName(@TempDir Path folder) throws IOException {
        Path bundle = Files.writeString(folder.resolve("extra.pem"), "");
        IOException fault = assertThrows(IOException.class, () -> new HttpClient5Transport(new TransportSettings(
                        10,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        1 << 20,
                        Optional.empty(),
                        Optional.of(bundle)))
                .close());
        assertTrue(fault.getMessage().contains("extra.pem"), fault.getMessage());
    }

    private CompletableFuture<HttpAnswer> send(String path) {
        return transport.send(call(server.at(path), Duration.ofSeconds(5)));
    }

    private static HttpCall call(URI uri, Duration deadline) {
        return new HttpCall(
                "POST",
                uri,
                Map.of("Content-Type", "application/json", "X-Api-Key", "k"),
                "{}".getBytes(StandardCharsets.UTF_8),
                deadline);
    }

    private static TransportException fault(CompletableFuture<HttpAnswer> exchange) {
        return (TransportException)
                assertThrows(CompletionException.class, exchange::join).getCause();
    }
}
