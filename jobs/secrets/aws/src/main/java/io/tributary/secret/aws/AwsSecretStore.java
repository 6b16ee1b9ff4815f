package io.tributary.secret.aws;

import io.tributary.secret.SecretRef;
import io.tributary.secret.SecretStore;
import io.tributary.secret.SecretUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Secrets by name or ARN. Credentials are found where AWS's own tools find them, the region too unless an ARN says it. */
public final class AwsSecretStore implements SecretStore {
    private static final Pattern ARN = Pattern.compile("arn:[^:]+:secretsmanager:([^:]+):.*");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Function<Optional<Region>, SecretsManagerClient> maker;
    private final Map<Optional<Region>, SecretsManagerClient> clients = new ConcurrentHashMap<>();

    public AwsSecretStore() {
        this(AwsSecretStore::client);
    }

    /** @param maker makes the client for a region, or for the usual one */
    AwsSecretStore(Function<Optional<Region>, SecretsManagerClient> maker) {
        this.maker = maker;
    }

    private static SecretsManagerClient client(Optional<Region> region) {
        var builder = SecretsManagerClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(PATIENCE))
                .overrideConfiguration(bounds -> bounds.apiCallTimeout(PATIENCE));
        region.ifPresent(builder::region);
        return builder.build();
    }

    @Override
    public SecretRef.Kind kind() {
        return SecretRef.Kind.AWS;
    }

    @Override
    public byte[] read(SecretRef ref) {
        Matcher arn = ARN.matcher(ref.path());
        Optional<Region> region = arn.matches() ? Optional.of(Region.of(arn.group(1))) : Optional.empty();
        try {
            GetSecretValueResponse secret =
                    clients.computeIfAbsent(region, maker).getSecretValue(request -> request.secretId(ref.path()));
            if (secret.secretString() != null) {
                return secret.secretString().getBytes(StandardCharsets.UTF_8);
            }
            if (secret.secretBinary() != null) {
                return secret.secretBinary().asByteArray();
            }
            throw new SecretUnavailableException(ref, "the secret is there, but has no value yet; put one there");
        } catch (ResourceNotFoundException e) {
            throw new SecretUnavailableException(ref, "there is no such secret in this account and region");
        } catch (AwsServiceException e) {
            throw new SecretUnavailableException(ref, refusal(e));
        } catch (SdkClientException e) {
            throw new SecretUnavailableException(ref, failure(e));
        }
    }

    private static String refusal(AwsServiceException e) {
        String code = e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
        if (code.equals("AccessDeniedException")) {
            return "it may not be read; allow the role secretsmanager:GetSecretValue on it, and kms:Decrypt if it has"
                    + " a key of its own";
        }
        return "AWS answered with " + e.statusCode() + (code.matches("[A-Z][A-Za-z]{1,60}") ? " " + code : "")
                + "; check the credentials and the state of the secret";
    }

    private static String failure(SdkClientException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return "AWS can't be reached; check the network and the region";
            }
        }
        return "the AWS SDK has no credentials or no region; set AWS_REGION, and a role or AWS_PROFILE";
    }
}
