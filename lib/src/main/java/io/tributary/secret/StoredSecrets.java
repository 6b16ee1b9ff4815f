package io.tributary.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Secrets from every place there is: those of secret managers by their modules, all others by {@link LocalSecrets}. Line
 * breaks at the end of a secret are left out.
 */
public final class StoredSecrets implements SecretSource {
    /** For one secret, with whatever the store does for it, such as logging in. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalSecrets local;
    private final SecretStores stores;
    private final Duration patience;

    /**
     * @param environment for instance {@link System#getenv()}
     * @param warnings takes sentences that are safe to print
     */
    public StoredSecrets(Map<String, String> environment, Consumer<String> warnings) {
        this(new LocalSecrets(environment, warnings), new SecretStores(), PATIENCE);
    }

    StoredSecrets(LocalSecrets local, SecretStores stores, Duration patience) {
        this.local = local;
        this.stores = stores;
        this.patience = patience;
    }

    @Override
    public Secret resolve(SecretRef ref) {
        return ref.kind().isStore() ? read(stores.of(ref), ref, patience) : local.resolve(ref);
    }

    @Override
    public void replace(SecretRef ref, String value) {
        local.replace(ref, value);
    }

    static Secret read(SecretStore store, SecretRef ref, Duration patience) {
        String whole = text(ref, content(store, ref, patience)).replaceFirst("[\\r\\n]+\\z", "");
        String value = ref.field().map(field -> field(ref, whole, field)).orElse(whole);
        if (value.isBlank()) {
            throw new SecretUnavailableException(ref, "it is empty; put the secret there");
        }
        return new Secret(ref, value);
    }

    /** On a thread of its own, because not every client bounds all that it does. */
    private static byte[] content(SecretStore store, SecretRef ref, Duration patience) {
        FutureTask<byte[]> reading = new FutureTask<>(() -> store.read(ref));
        Thread thread = new Thread(reading, "tributary-secrets-" + ref.kind().scheme());
        thread.setDaemon(true);
        thread.setContextClassLoader(store.getClass().getClassLoader());
        thread.start();
        try {
            return reading.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SecretUnavailableException(
                    ref,
                    "there was no answer within " + patience.toMillis() + " ms; check the network between this host and"
                            + " the store");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SecretUnavailableException(ref, "the run was stopped while it was read");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SecretUnavailableException known) {
                throw known;
            }
            // Its message may quote what was read.
            throw new SecretUnavailableException(
                    ref,
                    "the store's client failed (" + e.getCause().getClass().getName() + "); check the reference and"
                            + " the store's settings");
        } finally {
            reading.cancel(true);
        }
    }

    private static String text(SecretRef ref, byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SecretUnavailableException(ref, "it is not UTF-8 text; store the secret as text");
        }
    }

    private static String field(SecretRef ref, String whole, String field) {
        JsonNode object = json(whole);
        if (!object.isObject()) {
            throw new SecretUnavailableException(ref, "it is no JSON object, so it has no field; leave out #" + field);
        }
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            throw new SecretUnavailableException(ref, "the secret is there, but has no field " + field);
        }
        if (!value.isValueNode()) {
            throw new SecretUnavailableException(ref, "its field " + field + " is no single value");
        }
        return value.asText();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
