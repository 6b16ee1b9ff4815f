package io.tributary.secret.gcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import io.tributary.secret.SecretRef;
import io.tributary.secret.SecretStore;
import io.tributary.secret.SecretUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.concurrent.Callable;

/** Secrets by the names of Google's own API; credentials are the application's default ones. */
public final class GcpSecretStore implements SecretStore {
    private static final URI SERVICE = URI.create("https://secretmanager.googleapis.com");
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 10_000;

    private final URI service;
    private final Callable<GoogleCredentials> maker;
    private GoogleCredentials credentials;

    public GcpSecretStore() {
        this(SERVICE, GoogleCredentials::getApplicationDefault);
    }

    GcpSecretStore(URI service, Callable<GoogleCredentials> maker) {
        this.service = service;
        this.maker = maker;
    }

    @Override
    public SecretRef.Kind kind() {
        return SecretRef.Kind.GCP;
    }

    @Override
    public byte[] read(SecretRef ref) {
        String version = ref.path().contains("/versions/") ? ref.path() : ref.path() + "/versions/latest";
        GoogleCredentials credentials = credentials(ref);
        try {
            HttpRequest request = new NetHttpTransport()
                    .createRequestFactory(new HttpCredentialsAdapter(credentials))
                    .buildGetRequest(new GenericUrl(service + "/v1/" + version + ":access"))
                    .setConnectTimeout(CONNECT_MILLIS)
                    .setReadTimeout(READ_MILLIS)
                    .setFollowRedirects(false)
                    .setThrowExceptionOnExecuteError(false);
            HttpResponse response = request.execute();
            try {
                return payload(ref, response);
            } finally {
                response.disconnect();
            }
        } catch (IOException e) {
            throw new SecretUnavailableException(ref, "Google can't be reached; check the network");
        }
    }

    /** They are kept, because they hold a token that serves for an hour. */
    private synchronized GoogleCredentials credentials(SecretRef ref) {
        try {
            if (credentials == null) {
                credentials = maker.call().createScoped(SCOPE);
            }
            credentials.refreshIfExpired();
            return credentials;
        } catch (Exception e) {
            throw new SecretUnavailableException(
                    ref,
                    "there are no credentials of Google, or they give no token; set GOOGLE_APPLICATION_CREDENTIALS, or run"
                            + " with a service account");
        }
    }

    private static byte[] payload(SecretRef ref, HttpResponse response) throws IOException {
        int status = response.getStatusCode();
        if (status == 404) {
            throw new SecretUnavailableException(ref, "there is no such secret, or no such version of it");
        }
        if (status == 403) {
            throw new SecretUnavailableException(
                    ref, "it may not be read; give the account the role roles/secretmanager.secretAccessor on it");
        }
        if (status == 200) {
            try (InputStream content = response.getContent()) {
                return JSON.readTree(content)
                        .required("payload")
                        .required("data")
                        .binaryValue();
            } catch (JsonProcessingException | IllegalArgumentException e) {
                throw new SecretUnavailableException(
                        ref, "what Google answered holds no secret; check what stands between this host and Google");
            }
        }
        throw new SecretUnavailableException(
                ref, "Google answered with " + status + "; check that the version is enabled and not destroyed");
    }
}
