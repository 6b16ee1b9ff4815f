package io.tributary.secret.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tributary.call.Trust;
import io.tributary.secret.SecretRef;
import io.tributary.secret.SecretUnavailableException;
import io.tributary.settings.Loopback;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Requests to one Vault, in one namespace. Redirects are not followed: they would carry the token elsewhere. Thread-safe. */
final class VaultClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String address;
    private final String namespace;
    private final HttpClient http;

    /** @param body missing if it is no JSON */
    record Reply(int status, JsonNode body) {
        /** The body may hold a secret. */
        @Override
        public String toString() {
            return "status " + status;
        }
    }

    private VaultClient(String address, String namespace, HttpClient http) {
        this.address = address;
        this.namespace = namespace;
        this.http = http;
    }

    /** By VAULT_ADDR, VAULT_NAMESPACE and VAULT_CACERT. */
    static VaultClient of(Map<String, String> environment, SecretRef ref) {
        String address = environment.getOrDefault("VAULT_ADDR", "").strip().replaceFirst("/+$", "");
        if (!isUsable(address)) {
            throw new SecretUnavailableException(
                    ref, "VAULT_ADDR is not set to an https:// address (http:// is only for this machine)");
        }
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(PATIENCE);
        String authorities = environment.getOrDefault("VAULT_CACERT", "");
        if (!authorities.isBlank()) {
            try {
                http.sslContext(Trust.with(Path.of(authorities)));
            } catch (IOException | IllegalArgumentException e) {
                throw new SecretUnavailableException(ref, "VAULT_CACERT names no PEM file with a certificate");
            }
        }
        return new VaultClient(
                address, environment.getOrDefault("VAULT_NAMESPACE", "").strip(), http.build());
    }

    private static boolean isUsable(String address) {
        try {
            URI uri = URI.create(address);
            return uri.getHost() != null
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && Loopback.isHost(uri));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    Reply get(SecretRef ref, String path, VaultToken token) {
        return send(ref, request(path).header("X-Vault-Token", token.reveal()).GET());
    }

    Reply post(SecretRef ref, String path, Map<String, String> fields) {
        return send(
                ref,
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JSON.valueToTree(fields).toString())));
    }

    private HttpRequest.Builder request(String path) {
        String encoded = Stream.of(path.split("/"))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + "/v1/" + encoded))
                .timeout(PATIENCE)
                .header("X-Vault-Request", "true");
        return namespace.isEmpty() ? request : request.header("X-Vault-Namespace", namespace);
    }

    private Reply send(SecretRef ref, HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), json(response.body()));
        } catch (IOException e) {
            throw new SecretUnavailableException(
                    ref, "Vault can't be reached; check VAULT_ADDR, the network and the certificate (VAULT_CACERT)");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SecretUnavailableException(ref, "the run was stopped while it was read");
        }
    }

    private static JsonNode json(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
