package io.tributary.secret.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.secret.SecretRef;
import io.tributary.secret.SecretStore;
import io.tributary.secret.SecretUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/**
 * Secrets of a key-value store, version 2; the first part of the path is where it is mounted. Address and login are those of
 * the environment, as for Vault's own tools.
 */
public final class VaultSecretStore implements SecretStore {
    private final Map<String, String> environment;
    private final Clock clock;
    private VaultLogin login;

    public VaultSecretStore() {
        this(System.getenv(), Clock.systemUTC());
    }

    VaultSecretStore(Map<String, String> environment, Clock clock) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    @Override
    public SecretRef.Kind kind() {
        return SecretRef.Kind.VAULT;
    }

    @Override
    public byte[] read(SecretRef ref) {
        VaultLogin login = login(ref);
        VaultToken token = login.token(ref);
        VaultClient.Reply reply = get(ref, login, token);
        if (reply.status() == 403 && login.renews(token)) {
            reply = get(ref, login, login.token(ref));
        }
        return fields(ref, reply);
    }

    /** Made at the first read, so that what is wrong with the environment is said of a reference. */
    private synchronized VaultLogin login(SecretRef ref) {
        if (login == null) {
            login = new VaultLogin(environment, VaultClient.of(environment, ref), clock);
        }
        return login;
    }

    private static VaultClient.Reply get(SecretRef ref, VaultLogin login, VaultToken token) {
        int slash = ref.path().indexOf('/');
        String path = ref.path().substring(0, slash) + "/data" + ref.path().substring(slash);
        return login.client().get(ref, path, token);
    }

    private static byte[] fields(SecretRef ref, VaultClient.Reply reply) {
        JsonNode fields = reply.body().path("data").path("data");
        if (reply.status() == 200 && fields.isObject()) {
            return fields.toString().getBytes(StandardCharsets.UTF_8);
        }
        if (reply.status() == 403) {
            throw new SecretUnavailableException(
                    ref, "it may not be read; check the token, and that a policy of it allows read on MOUNT/data/PATH");
        }
        if (reply.status() == 404) {
            throw new SecretUnavailableException(
                    ref,
                    "there is no such secret; check the path, and that its mount is a key-value store of version 2");
        }
        throw new SecretUnavailableException(
                ref, "Vault answered with " + reply.status() + "; check VAULT_ADDR, and that it is unsealed");
    }
}
