package io.tributary.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.secret.StubService.Reply;
import io.tributary.secret.StubService.Request;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds for every secret manager. Its service is a stub that speaks the real one's wire format. */
public abstract class SecretStoreContract {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    protected final StubService service = new StubService();

    /** A store whose service is there. */
    protected abstract SecretStore store(URI address);

    /** A reference to the secret, or to a field of it that may not be there. */
    protected abstract String reference(String field);

    /** The service with that secret, a JSON object; it refuses requests that are not as the real one wants them. */
    protected abstract Function<Request, Reply> keeping(String json);

    /** What the service says if there is no such secret. */
    protected abstract Reply missing();

    /** What the service says if the secret may not be read. */
    protected abstract Reply forbidden();

    @AfterEach
    void close() {
        service.close();
    }

    protected final Secret read(SecretStore store, String reference) {
        return StoredSecrets.read(store, SecretRef.parse(reference), PATIENCE);
    }

    /** What the message says after the reference. */
    protected final String refusal(SecretStore store, String reference) {
        String message = assertThrows(SecretUnavailableException.class, () -> read(store, reference))
                .getMessage();
        String start = "no secret at " + reference + ": ";
        assertTrue(message.startsWith(start), message);
        return message.substring(start.length());
    }

    private String refusal() {
        return refusal(store(service.address()), reference("key"));
    }

    @Test
    void aFieldIsReadFromTheService() {
        service.answers(keeping("{\"id\": \"me\", \"key\": \"s3cret\\u00e9\", \"number\": 42}"));
        SecretStore store = store(service.address());
        assertEquals("s3cret\u00e9", read(store, reference("key")).reveal());
        assertEquals("42", read(store, reference("number")).reveal());
    }

    @Test
    void aSecretThatChangedIsReadAnew() {
        SecretStore store = store(service.address());
        service.answers(keeping("{\"key\": \"old\"}"));
        assertEquals("old", read(store, reference("key")).reveal());
        service.answers(keeping("{\"key\": \"new\"}"));
        assertEquals("new", read(store, reference("key")).reveal());
    }

    @Test
    void aSecretThatIsMissingIsSaidToBe() {
        service.answers(request -> missing());
        String refusal = refusal();
        assertTrue(refusal.startsWith("there is no such secret"), refusal);
    }

    @Test
    void aFieldThatIsMissingIsNamed() {
        service.answers(keeping("{\"other\": \"s3cret\"}"));
        assertEquals("the secret is there, but has no field key", refusal());
    }

    @Test
    void aSecretThatMayNotBeReadIsSaidToBe() {
        service.answers(request -> forbidden());
        String refusal = refusal();
        assertTrue(refusal.startsWith("it may not be read; "), refusal);
    }

    @Test
    void aServiceThatIsNotThereIsSaidToBe() {
        URI address = service.address();
        service.close();
        String refusal = refusal(store(address), reference("key"));
        assertTrue(refusal.contains(" can't be reached; check "), refusal);
    }

    @Test
    void aServiceThatSaysNothingIsNotWaitedFor() {
        service.isSilent();
        SecretStore store = store(service.address());
        SecretRef ref = SecretRef.parse(reference("key"));
        SecretUnavailableException refusal = assertThrows(
                SecretUnavailableException.class, () -> StoredSecrets.read(store, ref, Duration.ofMillis(200)));
        assertEquals(
                "no secret at " + ref
                        + ": there was no answer within 200 ms; check the network between this host and the" + " store",
                refusal.getMessage());
    }

    @Test
    void noMessageHoldsWhatTheServiceSent() {
        SecretStore store = store(service.address());
        for (Function<Request, Reply> answers : List.<Function<Request, Reply>>of(
                request -> new Reply(418, "s3cret"),
                request -> new Reply(400, "{\"error\": \"s3cret\", \"message\": \"s3cret\", \"errors\": [\"s3cret\"]}"),
                request -> new Reply(200, "s3cret"),
                request -> new Reply(200, "{\"s3cret\": \"s3cret\"}"),
                keeping("{\"key\": {\"s3cret\": \"s3cret\"}}"),
                keeping("{\"s3cret\": \"s3cret\"}"))) {
            service.answers(answers);
            SecretUnavailableException refusal =
                    assertThrows(SecretUnavailableException.class, () -> read(store, reference("key")));
            for (Throwable each = refusal; each != null; each = each.getCause()) {
                assertFalse(each.toString().contains("s3cret"), each.toString());
            }
        }
        service.answers(keeping("{\"key\": \"s3cret\"}"));
        assertEquals(reference("key"), "" + read(store, reference("key")));
        assertFalse(store.toString().contains("s3cret"), store.toString());
    }

    @Test
    void theModuleIsFoundByItsKind() {
        SecretRef ref = SecretRef.parse(reference("key"));
        SecretStore found = new SecretStores().of(ref);
        assertEquals(ref.kind(), found.kind());
        assertEquals(1, ServiceLoader.load(SecretStore.class).stream().count());
    }
}
