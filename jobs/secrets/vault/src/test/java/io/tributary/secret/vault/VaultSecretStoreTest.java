package io.tributary.secret.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.secret.SecretStore;
import io.tributary.secret.SecretStoreContract;
import io.tributary.secret.StubService.Reply;
import io.tributary.secret.StubService.Request;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stub speaks Vault's API, version 1. */
class VaultSecretStoreTest extends SecretStoreContract {
    @TempDir
    private Path folder;

    @Override
    protected SecretStore store(URI address) {
        return with(Map.of("VAULT_ADDR", address + "/", "VAULT_TOKEN", "hvs.token", "VAULT_NAMESPACE", "team/a"));
    }

    private static SecretStore with(Map<String, String> environment) {
        return new VaultSecretStore(environment, Clock.systemUTC());
    }

    @Override
    protected String reference(String field) {
        return "vault:secret/prod/zoom info#" + field;
    }

    @Override
    protected Function<Request, Reply> keeping(String json) {
        return request -> request.method().equals("GET")
                        && request.target().equals("/v1/secret/data/prod/zoom%20info")
                        && request.header("X-Vault-Request").equals("true")
                        && request.header("X-Vault-Namespace").equals("team/a")
                        && request.header("X-Vault-Token").equals("hvs.token")
                ? kept(json)
                : new Reply(400, "{\"errors\": [\"not as Vault wants it\"]}");
    }

    static Reply kept(String json) {
        return new Reply(
                200,
                "{\"request_id\": \"6b1e\", \"lease_id\": \"\", \"renewable\": false, \"lease_duration\": 0, \"data\":"
                        + " {\"data\": " + json + ", \"metadata\": {\"created_time\": \"2026-11-01T10:00:00Z\","
                        + " \"custom_metadata\": null, \"deletion_time\": \"\", \"destroyed\": false, \"version\": 3}},"
                        + " \"wrap_info\": null, \"warnings\": null, \"auth\": null}");
    }

    @Override
    protected Reply missing() {
        return new Reply(404, "{\"errors\": []}");
    }

    @Override
    protected Reply forbidden() {
        return new Reply(403, "{\"errors\": [\"1 error occurred:\\n\\t* permission denied\\n\\n\"]}");
    }

    @Test
    void theAddressIsEncryptedOrOnThisMachine() {
        for (String address : new String[] {"", "vault.example.net", "http://vault.example.net:8200", "https://"}) {
            assertEquals(
                    "VAULT_ADDR is not set to an https:// address (http:// is only for this machine)",
                    refusal(with(Map.of("VAULT_ADDR", address, "VAULT_TOKEN", "hvs.token")), reference("key")));
        }
    }

    @Test
    void aRedirectIsNotFollowedBecauseItWouldCarryTheTokenElsewhere() {
        service.answers(request -> new Reply(307, ""));
        String refusal = refusal(store(service.address()), reference("key"));
        assertTrue(refusal.startsWith("Vault answered with 307; "), refusal);
        assertEquals(1, service.requests().size());
    }

    @Test
    void aBundleOfAuthoritiesThatIsNoneIsSaidToBe() throws Exception {
        Path bundle = Files.writeString(folder.resolve("ca.pem"), "no certificate");
        assertEquals(
                "VAULT_CACERT names no PEM file with a certificate",
                refusal(
                        with(Map.of("VAULT_ADDR", "https://127.0.0.1:1", "VAULT_CACERT", bundle.toString())),
                        reference("key")));
    }
}
