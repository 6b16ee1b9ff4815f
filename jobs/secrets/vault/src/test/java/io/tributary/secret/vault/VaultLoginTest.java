package io.tributary.secret.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.secret.SecretRef;
import io.tributary.secret.SecretUnavailableException;
import io.tributary.secret.StubService;
import io.tributary.secret.StubService.Reply;
import io.tributary.secret.StubService.Request;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultLoginTest {
    private static final SecretRef REF = SecretRef.parse("vault:secret/hunter#key");
    private static final Map<String, String> APP_ROLE = Map.of("VAULT_ROLE_ID", "role-1", "VAULT_SECRET_ID", "s3cret");

    @TempDir
    private Path folder;

    private final StubService vault = new StubService();
    private Instant now = Instant.parse("2026-11-01T10:00:00Z");
    private int logins;
    private String accepted = "";

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new AssertionError("nobody asks this clock for another zone");
        }
    };

    @BeforeEach
    void answers() {
        vault.answers(this::answer);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private Reply answer(Request request) {
        if (request.target().endsWith("/login")) {
            logins++;
            accepted = "hvs." + logins;
            return new Reply(
                    200,
                    "{\"auth\": {\"client_token\": \"" + accepted + "\", \"policies\": [\"default\"],"
                            + " \"lease_duration\": 3600, \"renewable\": true}, \"data\": null}");
        }
        return request.header("X-Vault-Token").equals(accepted)
                ? VaultSecretStoreTest.kept("{\"key\": \"s3cret\"}")
                : new Reply(403, "{\"errors\": [\"permission denied\"]}");
    }

    private VaultSecretStore store(Map<String, String> login) {
        Map<String, String> environment = new HashMap<>(login);
        environment.put("VAULT_ADDR", vault.address().toString());
        return new VaultSecretStore(environment, clock);
    }

    private static void assertReads(VaultSecretStore store) {
        assertEquals("{\"key\":\"s3cret\"}", new String(store.read(REF), StandardCharsets.UTF_8));
    }

    private static String refusal(VaultSecretStore store) {
        String message = assertThrows(SecretUnavailableException.class, () -> store.read(REF))
                .getMessage();
        assertFalse(message.contains("s3cret"), message);
        return message;
    }

    private Map<?, ?> fields(String body) throws JsonProcessingException {
        return new ObjectMapper().readValue(body, Map.class);
    }

    private List<String> targets() {
        return vault.requests().stream().map(Request::target).toList();
    }

    @Test
    void aTokenInAFileIsReadEachTimeBecauseAnAgentRenewsIt() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "hvs.old\n");
        VaultSecretStore store = store(Map.of("VAULT_TOKEN_FILE", file.toString()));
        accepted = "hvs.old";
        assertReads(store);
        accepted = "hvs.new";
        Files.writeString(file, "hvs.new\n");
        assertReads(store);
        assertEquals(0, logins);
    }

    @Test
    void anAppRoleLogsInOnceForNineTenthsOfTheLease() throws Exception {
        VaultSecretStore store = store(APP_ROLE);
        assertReads(store);
        now = now.plus(Duration.ofMinutes(53));
        assertReads(store);
        assertEquals(1, logins);
        assertEquals("/v1/auth/approle/login", targets().get(0));
        assertEquals(
                Map.of("role_id", "role-1", "secret_id", "s3cret"),
                fields(vault.requests().get(0).body()));
        now = now.plus(Duration.ofMinutes(2));
        assertReads(store);
        assertEquals(2, logins);
    }

    @Test
    void aTokenThatIsRefusedEarlyIsReplacedOnce() {
        VaultSecretStore store = store(APP_ROLE);
        assertReads(store);
        accepted = "hvs.revoked";
        assertReads(store);
        assertEquals(2, logins);
    }

    @Test
    void aServiceAccountOfKubernetesLogsIn() throws Exception {
        Path account = Files.writeString(folder.resolve("account"), "ey.jwt\n");
        assertReads(store(Map.of(
                "VAULT_KUBERNETES_ROLE",
                "tributary",
                "VAULT_KUBERNETES_TOKEN_FILE",
                account.toString(),
                "VAULT_AUTH_MOUNT",
                "k8s/prod")));
        assertEquals("/v1/auth/k8s/prod/login", targets().get(0));
        assertEquals(
                Map.of("role", "tributary", "jwt", "ey.jwt"),
                fields(vault.requests().get(0).body()));
    }

    @Test
    void aLoginThatIsRefusedIsSaidToBe() {
        vault.answers(request -> new Reply(400, "{\"errors\": [\"invalid role or secret ID: s3cret\"]}"));
        assertEquals(
                "no secret at " + REF + ": Vault refused the login by approle (400); check the role, its secret and"
                        + " VAULT_AUTH_MOUNT",
                refusal(store(APP_ROLE)));
    }

    @Test
    void whatIsMissingForALoginIsSaid() {
        assertEquals(
                "no secret at " + REF + ": there is no way to log in to Vault; set VAULT_TOKEN, VAULT_TOKEN_FILE,"
                        + " VAULT_ROLE_ID with VAULT_SECRET_ID, or VAULT_KUBERNETES_ROLE",
                refusal(store(Map.of())));
        String file = refusal(store(Map.of("VAULT_ROLE_ID", "role-1")));
        assertTrue(
                file.endsWith("Vault's login needs a file that can't be read or is empty; check VAULT_SECRET_ID_FILE"),
                file);
        String word = refusal(store(Map.of("VAULT_TOKEN", "two s3cret")));
        assertTrue(word.endsWith("the token of Vault is no single word; check VAULT_TOKEN or VAULT_TOKEN_FILE"), word);
        assertEquals(List.of(), targets());
    }

    @Test
    void aTokenDoesNotPrintItself() {
        assertEquals("a token of Vault, used until " + now, "" + new VaultToken("hvs.1", now));
    }
}
