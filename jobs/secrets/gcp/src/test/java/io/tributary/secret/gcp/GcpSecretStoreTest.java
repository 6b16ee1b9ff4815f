package io.tributary.secret.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import io.tributary.secret.SecretStore;
import io.tributary.secret.SecretStoreContract;
import io.tributary.secret.StubService.Reply;
import io.tributary.secret.StubService.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The stub speaks Google's JSON over HTTP. */
class GcpSecretStoreTest extends SecretStoreContract {
    private static final String SECRET = "projects/acme-prod/secrets/hunter";
    private static final String SENTENCE = "; check that the version is enabled and not destroyed";

    @Override
    protected SecretStore store(URI address) {
        return new GcpSecretStore(address, () -> GoogleCredentials.create(new AccessToken("ya29.token", null)));
    }

    @Override
    protected String reference(String field) {
        return "gcp:" + SECRET + "#" + field;
    }

    @Override
    protected Function<Request, Reply> keeping(String json) {
        return keeping("latest", json);
    }

    private static Function<Request, Reply> keeping(String version, String content) {
        return request -> {
            if (!request.method().equals("GET")
                    || !request.target().equals("/v1/" + SECRET + "/versions/" + version + ":access")
                    || !request.header("Authorization").equals("Bearer ya29.token")) {
                return error(400, "INVALID_ARGUMENT");
            }
            String data = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
            return new Reply(
                    200,
                    "{\"name\": \"projects/123456/secrets/hunter/versions/7\", \"payload\": {\"data\": \"" + data
                            + "\", \"dataCrc32c\": \"1234\"}}");
        };
    }

    private static Reply error(int status, String word) {
        return new Reply(
                status, "{\"error\": {\"code\": " + status + ", \"message\": \"no\", \"status\": \"" + word + "\"}}");
    }

    @Override
    protected Reply missing() {
        return error(404, "NOT_FOUND");
    }

    @Override
    protected Reply forbidden() {
        return error(403, "PERMISSION_DENIED");
    }

    @Test
    void aSecretIsReadWholeInTheVersionThatIsNamed() {
        service.answers(keeping("7", "s3cret\n"));
        assertEquals(
                "s3cret",
                read(store(service.address()), "gcp:" + SECRET + "/versions/7").reveal());
    }

    @Test
    void aVersionThatIsDisabledIsSaidToBe() {
        service.answers(request -> error(400, "FAILED_PRECONDITION"));
        assertEquals("Google answered with 400" + SENTENCE, refusal(store(service.address()), "gcp:" + SECRET));
    }

    @Test
    void aHostWithoutCredentialsIsToldHowToGetThem() {
        SecretStore store = new GcpSecretStore(service.address(), () -> {
            throw new IOException("there are none");
        });
        assertEquals(
                "there are no credentials of Google, or they give no token; set GOOGLE_APPLICATION_CREDENTIALS, or run with"
                        + " a service account",
                refusal(store, "gcp:" + SECRET));
    }
}
