package io.tributary.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tributary.provider.HttpAnswer;
import io.tributary.provider.HttpCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real TLS with a certificate of a company's own, and a real proxy before it. */
class SecureTransportTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    private static HttpsServer provider;
    private static Path bundle;

    @BeforeAll
    static void open() throws Exception {
        Path store = folder.resolve("provider.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-dname",
                "CN=provider",
                "-validity",
                "2",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                store.toString());
        bundle = folder.resolve("own.pem");
        keytool("-exportcert", "-rfc", "-alias", "own", "-file", bundle.toString(), "-keystore", store.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        provider = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.setHttpsConfigurator(new HttpsConfigurator(context));
        provider.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        provider.start();
    }

    @AfterAll
    static void close() {
        provider.stop(0);
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-storepass",
                PASSWORD,
                "-storetype",
                "PKCS12"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> "keytool " + String.join(" ", arguments));
    }

    private static HttpAnswer call(Optional<URI> proxy, Optional<Path> certificates) throws IOException {
        TransportSettings usual = TransportSettings.DEFAULT;
        try (HttpClient5Transport transport = new HttpClient5Transport(new TransportSettings(
                usual.maxConnections(),
                usual.connectTimeout(),
                usual.validateAfterIdle(),
                usual.maxBodyBytes(),
                proxy,
                certificates))) {
            URI uri = URI.create("https://127.0.0.1:" + provider.getAddress().getPort() + "/people");
            return transport
                    .send(new HttpCall("GET", uri, Map.of(), new byte[0], Duration.ofSeconds(20)))
                    .join();
        }
    }

    @Test
    void aCertificateOfTheBundleIsTrusted() throws IOException {
        assertEquals(200, call(Optional.empty(), Optional.of(bundle)).status());
    }

    @Test
    void anUnknownCertificateIsRefusedBeforeAnythingIsSent() {
        CompletionException refused =
                assertThrows(CompletionException.class, () -> call(Optional.empty(), Optional.empty()));
        assertEquals(TransportException.Sent.NO, ((TransportException) refused.getCause()).sent());
    }

    @Test
    void aProxyTunnelsAndSeesNoMoreThanTheHost() throws IOException {
        try (TunnelProxy proxy = new TunnelProxy()) {
            assertEquals(
                    200, call(Optional.of(proxy.uri()), Optional.of(bundle)).status());
            assertEquals(
                    List.of("CONNECT 127.0.0.1:" + provider.getAddress().getPort() + " HTTP/1.1"),
                    List.copyOf(proxy.asked));
            assertTrue(proxy.tunnelled.stream().noneMatch(bytes -> bytes.contains("/people")), "the path was readable");
        }
    }

    /** Takes CONNECT and passes bytes on. */
    private static final class TunnelProxy implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<String> tunnelled = new ConcurrentLinkedQueue<>();
        private final java.util.concurrent.ExecutorService threads = Executors.newCachedThreadPool();

        TunnelProxy() throws IOException {
            threads.execute(this::accept);
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }

        private void accept() {
            try {
                while (true) {
                    Socket client = socket.accept();
                    threads.execute(() -> tunnel(client));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        private void tunnel(Socket client) {
            try (client) {
                String line = line(client.getInputStream());
                asked.add(line);
                while (!line(client.getInputStream()).isEmpty()) {
                    // Headers.
                }
                String[] place = line.split(" ")[1].split(":");
                try (Socket server = new Socket(place[0], Integer.parseInt(place[1]))) {
                    client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    threads.execute(() -> pass(server, client));
                    pass(client, server);
                }
            } catch (IOException closed) {
                // The client went away.
            }
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                if (next != '\r') {
                    line.append((char) next);
                }
            }
            return line.toString();
        }

        private void pass(Socket from, Socket to) {
            byte[] buffer = new byte[8192];
            try {
                OutputStream out = to.getOutputStream();
                for (int n = from.getInputStream().read(buffer);
                        n > 0;
                        n = from.getInputStream().read(buffer)) {
                    tunnelled.add(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                    out.write(buffer, 0, n);
                    out.flush();
                }
            } catch (IOException closed) {
                // One side went away.
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
            threads.shutdownNow();
        }
    }
}
