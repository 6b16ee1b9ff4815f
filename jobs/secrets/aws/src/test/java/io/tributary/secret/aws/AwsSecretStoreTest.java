package io.tributary.secret.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.secret.SecretStore;
import io.tributary.secret.SecretStoreContract;
import io.tributary.secret.StubService.Reply;
import io.tributary.secret.StubService.Request;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The stub speaks AWS JSON 1.1. */
class AwsSecretStoreTest extends SecretStoreContract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "prod/hunter";

    private final List<Optional<Region>> regions = new ArrayList<>();

    @Override
    protected SecretStore store(URI address) {
        return new AwsSecretStore(region -> {
            regions.add(region);
            return SecretsManagerClient.builder()
                    .httpClientBuilder(UrlConnectionHttpClient.builder())
                    .endpointOverride(address)
                    .region(region.orElse(Region.EU_WEST_1))
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "key")))
                    .build();
        });
    }

    @Override
    protected String reference(String field) {
        return "aws:" + NAME + "#" + field;
    }

    @Override
    protected Function<Request, Reply> keeping(String json) {
        return request -> answer(request, NAME, Map.of("SecretString", json));
    }

    private static Reply answer(Request request, String id, Map<String, String> content) {
        JsonNode body = json(request.body());
        if (!request.method().equals("POST")
                || !request.target().equals("/")
                || !request.header("X-Amz-Target").equals("secretsmanager.GetSecretValue")
                || !request.header("Content-Type").equals("application/x-amz-json-1.1")
                || !request.header("Authorization").startsWith("AWS4-HMAC-SHA256 Credential=AKID/")
                || !body.equals(JSON.valueToTree(Map.of("SecretId", id)))) {
            return new Reply(400, "{\"__type\": \"ValidationException\", \"message\": \"not as AWS wants it\"}");
        }
        return new Reply(
                200,
                JSON.createObjectNode()
                        .put("ARN", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/hunter-a1B2c3")
                        .put("CreatedDate", 1.523477145713E9)
                        .put("Name", NAME)
                        .put("VersionId", "EXAMPLE1-90ab-cdef-fedc-ba987SECRET1")
                        .setAll(JSON.<com.fasterxml.jackson.databind.node.ObjectNode>valueToTree(content))
                        .toString());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @Override
    protected Reply missing() {
        return new Reply(
                400,
                "{\"__type\": \"ResourceNotFoundException\", \"Message\": \"Secrets Manager can't find the specified"
                        + " secret.\"}");
    }

    @Override
    protected Reply forbidden() {
        return new Reply(
                400,
                "{\"__type\": \"AccessDeniedException\", \"Message\": \"User: arn:aws:iam::123456789012:user/u is not"
                        + " authorized to perform: secretsmanager:GetSecretValue on resource: prod/hunter\"}");
    }

    @Test
    void aSecretIsReadWholeBeItTextOrBytes() {
        SecretStore store = store(service.address());
        service.answers(request -> answer(request, NAME, Map.of("SecretString", "s3cret\n")));
        assertEquals("s3cret", read(store, "aws:" + NAME).reveal());
        service.answers(request -> answer(request, NAME, Map.of("SecretBinary", "czNjcmV0")));
        assertEquals("s3cret", read(store, "aws:" + NAME).reveal());
    }

    @Test
    void anArnSaysTheRegion() {
        String arn = "arn:aws:secretsmanager:us-east-2:123456789012:secret:prod/hunter-a1B2c3";
        SecretStore store = store(service.address());
        service.answers(request -> answer(request, arn, Map.of("SecretString", "s3cret")));
        assertEquals("s3cret", read(store, "aws:" + arn).reveal());
        assertEquals("s3cret", read(store, "aws:" + arn).reveal());
        assertEquals(List.of(Optional.of(Region.US_EAST_2)), regions);
        assertTrue(
                service.requests().get(0).header("Authorization").contains("/us-east-2/secretsmanager/"),
                "it was signed for another region");
    }

    @Test
    void whatAwsCallsAFailureIsSaid() {
        service.answers(request -> new Reply(400, "{\"__type\": \"ExpiredTokenException\", \"message\": \"no\"}"));
        assertEquals(
                "AWS answered with 400 ExpiredTokenException; check the credentials and the state of the secret",
                refusal(store(service.address()), "aws:" + NAME));
    }
}
