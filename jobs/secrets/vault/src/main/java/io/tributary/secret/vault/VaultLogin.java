package io.tributary.secret.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.secret.SecretRef;
import io.tributary.secret.SecretUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Whence the token comes: VAULT_TOKEN, VAULT_TOKEN_FILE, an AppRole or a role of Kubernetes, the first of them that is set.
 * A token that was logged in for is used for nine tenths of its lease. Thread-safe.
 */
final class VaultLogin {
    private static final String SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    private final Map<String, String> environment;
    private final VaultClient client;
    private final Clock clock;
    private VaultToken lent;

    VaultLogin(Map<String, String> environment, VaultClient client, Clock clock) {
        this.environment = environment;
        this.client = client;
        this.clock = clock;
    }

    VaultClient client() {
        return client;
    }

    synchronized VaultToken token(SecretRef ref) {
        if (isSet("VAULT_TOKEN")) {
            return given(ref, environment.get("VAULT_TOKEN").strip());
        }
        if (isSet("VAULT_TOKEN_FILE")) {
            return given(ref, file(ref, "VAULT_TOKEN_FILE", ""));
        }
        if (lent == null || !lent.serves(clock.instant())) {
            lent = login(ref);
        }
        return lent;
    }

    private static VaultToken given(SecretRef ref, String token) {
        if (!token.matches("[!-~]+")) {
            throw new SecretUnavailableException(
                    ref, "the token of Vault is no single word; check VAULT_TOKEN or VAULT_TOKEN_FILE");
        }
        return new VaultToken(token, Instant.MAX);
    }

    /** A token that was refused is not used again; false if there is no way to another. */
    synchronized boolean renews(VaultToken refused) {
        if (refused != lent) {
            return lent != null;
        }
        lent = null;
        return true;
    }

    private VaultToken login(SecretRef ref) {
        if (isSet("VAULT_ROLE_ID")) {
            String secret = isSet("VAULT_SECRET_ID")
                    ? environment.get("VAULT_SECRET_ID").strip()
                    : file(ref, "VAULT_SECRET_ID_FILE", "");
            return login(
                    ref,
                    "approle",
                    Map.of("role_id", environment.get("VAULT_ROLE_ID").strip(), "secret_id", secret));
        }
        if (isSet("VAULT_KUBERNETES_ROLE")) {
            String account = file(ref, "VAULT_KUBERNETES_TOKEN_FILE", SERVICE_ACCOUNT);
            return login(
                    ref,
                    "kubernetes",
                    Map.of("role", environment.get("VAULT_KUBERNETES_ROLE").strip(), "jwt", account));
        }
        throw new SecretUnavailableException(
                ref,
                "there is no way to log in to Vault; set VAULT_TOKEN, VAULT_TOKEN_FILE, VAULT_ROLE_ID with"
                        + " VAULT_SECRET_ID, or VAULT_KUBERNETES_ROLE");
    }

    private VaultToken login(SecretRef ref, String method, Map<String, String> proof) {
        String mount = isSet("VAULT_AUTH_MOUNT") ? environment.get("VAULT_AUTH_MOUNT") : method;
        Instant now = clock.instant();
        VaultClient.Reply reply = client.post(ref, "auth/" + mount + "/login", proof);
        JsonNode auth = reply.body().path("auth");
        String token = auth.path("client_token").asText();
        if (reply.status() != 200 || token.isBlank()) {
            throw new SecretUnavailableException(
                    ref,
                    "Vault refused the login by " + method + " (" + reply.status() + "); check the role, its secret and"
                            + " VAULT_AUTH_MOUNT");
        }
        Duration lease = Duration.ofSeconds(auth.path("lease_duration").asLong());
        // Without a lease it serves until it is refused.
        Instant until =
                lease.isZero() ? Instant.MAX : now.plus(lease.multipliedBy(9).dividedBy(10));
        return new VaultToken(token, until);
    }

    private boolean isSet(String name) {
        return !environment.getOrDefault(name, "").isBlank();
    }

    private String file(SecretRef ref, String variable, String usual) {
        String place = isSet(variable) ? environment.get(variable) : usual;
        try {
            String text = Files.readString(Path.of(place)).strip();
            if (!text.isEmpty()) {
                return text;
            }
        } catch (IOException | InvalidPathException e) {
            // Said below, as for a file that is empty.
        }
        throw new SecretUnavailableException(
                ref, "Vault's login needs a file that can't be read or is empty; check " + variable);
    }
}
