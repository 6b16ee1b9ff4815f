package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The modules of secret managers, as they are put beside the job jar; one server is a provider and every manager. */
@Order(4)
class SecretJarsIT {
    private static final String ALL = Stream.of("aws", "gcp", "vault")
            .map(scheme -> jar(scheme).toString())
            .collect(Collectors.joining(":"));

    @TempDir
    private Path folder;

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer server;

    private static Path jar(String scheme) {
        return Home.FOLDER.resolve("jobs/secrets/" + scheme + "/target/tributary-secrets-" + scheme + ".jar");
    }

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(folder.resolve("providers"));
        Files.copy(Home.FOLDER.resolve("conf/providers/hunter.yaml"), folder.resolve("providers/hunter.yaml"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            String json = "{\"errors\": [{\"id\": \"not_found\"}]}";
            int status = 404;
            if (path.equals("/v1/secret/data/hunter")) {
                status = 200;
                json = "{\"data\": {\"data\": {\"key\": \"of-vault\"}}}";
            } else if (path.equals("/")) {
                status = 200;
                json = "{\"Name\": \"hunter\", \"SecretString\": \"of-aws\"}";
            } else if (path.equals("/token")) {
                seen.add("asked for a token of Google");
            } else {
                seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-API-KEY")));
            }
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Asks Hunter for somebody with the key of that place. */
    private Home.Ended ask(String key, String... environment) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Home.FOLDER.resolve("tributary").toString(), "providers", "record", "hunter"));
        command.addAll(List.of("--operation", "person", "--ask", "email=ada@acme.com", "--as", "tried"));
        command.addAll(List.of("--max-credits", "10", "--base-url", address() + "/hunter", "--key", key));
        command.addAll(List.of("--conf", folder.toString()));
        return Home.run(folder, command, List.of(environment));
    }

    /** Whose tokens come from this server, which gives none. */
    private Path serviceAccount() throws IOException, GeneralSecurityException {
        byte[] key = KeyPairGenerator.getInstance("RSA")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        Map<String, String> account = Map.of(
                "type",
                "service_account",
                "client_email",
                "tributary@acme.example",
                "client_id",
                "1",
                "private_key_id",
                "1",
                "private_key",
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n",
                "token_uri",
                address() + "/token");
        return Files.writeString(folder.resolve("account.json"), new ObjectMapper().writeValueAsString(account));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "gcp", "vault"})
    void holdsNothingUnderANameThatSomebodyElseMayUse(String scheme) throws IOException {
        String own = "io/tributary/secret/" + scheme + "/";
        String services = "META-INF/services/(io\\.tributary\\.secret\\.SecretStore|" + own.replace("/", "\\.") + ".*)";
        try (JarFile jar = new JarFile(jar(scheme).toFile())) {
            assertEquals(
                    List.of(),
                    jar.stream()
                            .map(entry -> entry.getName())
                            .filter(name -> !name.endsWith("/") && !name.startsWith(own) && !name.matches(services))
                            .filter(name -> !name.matches("META-INF/([A-Za-z-]*LICENSE|NOTICE|MANIFEST\\.MF)"))
                            .toList());
        }
    }

    @Test
    void aKeyInVaultReachesTheProvider() throws IOException {
        Home.Ended ended = ask(
                "vault:secret/hunter#key",
                "TRIBUTARY_CLASSPATH=" + ALL,
                "VAULT_ADDR=" + address(),
                "VAULT_TOKEN=hvs.1");
        assertEquals(Set.of("of-vault"), Set.copyOf(seen), ended.output());
    }

    @Test
    void aKeyInAwsReachesTheProvider() throws IOException {
        Home.Ended ended = ask(
                "aws:hunter",
                "TRIBUTARY_CLASSPATH=" + ALL,
                "AWS_ENDPOINT_URL_SECRETS_MANAGER=" + address(),
                "AWS_REGION=eu-west-1",
                "AWS_ACCESS_KEY_ID=AKID",
                "AWS_SECRET_ACCESS_KEY=key");
        assertEquals(Set.of("of-aws"), Set.copyOf(seen), ended.output());
    }

    /** Google's own address can't be another, so this ends where its library asks for a token. */
    @Test
    void aKeyInGoogleIsAskedForByTheServiceAccount() throws Exception {
        Home.Ended ended = ask(
                "gcp:projects/p/secrets/hunter",
                "TRIBUTARY_CLASSPATH=" + ALL,
                "GOOGLE_APPLICATION_CREDENTIALS=" + serviceAccount());
        assertEquals(Set.of("asked for a token of Google"), Set.copyOf(seen), ended.output());
        assertTrue(
                ended.output().contains("there are no credentials of Google, or they give no token"), ended.output());
    }

    @Test
    void aJarThatIsMissingIsNamed() throws IOException {
        Home.Ended ended = ask("gcp:projects/p/secrets/hunter");
        assertTrue(ended.output().contains("it needs tributary-secrets-gcp.jar"), ended.output());
        assertEquals(Set.of(), Set.copyOf(seen));
    }
}
