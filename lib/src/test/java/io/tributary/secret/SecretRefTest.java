package io.tributary.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRefTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env:HUNTER_KEY",
                "file:/etc/tributary/hunter.key",
                "file:keys/a b:c",
                "exec:pass show zoominfo |\n head -n 1",
                "aws:prod/hunter",
                "aws:prod/zoominfo#client-id",
                "aws:arn:aws-us-gov:secretsmanager:us-gov-east-1:123456789012:secret:prod/hunter-a1B2c3#key",
                "gcp:projects/acme-prod/secrets/hunter",
                "gcp:projects/example.com:acme/secrets/zoominfo/versions/7#client-id",
                "vault:secret/hunter#key",
                "vault:team-kv/providers/zoom info#client.id"
            })
    void printsWhatItParsed(String text) {
        assertEquals(text, SecretRef.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sk_live_51H", "env:", "env:NOT A NAME", "file: ", "azure:x", "ENV:KEY"})
    void refusesOtherFormsWithoutRepeatingThem(String text) {
        assertEquals(
                "not the place of a secret; write env:NAME, file:PATH, exec:COMMAND, aws:NAME,"
                        + " gcp:projects/P/secrets/S or vault:MOUNT/PATH#FIELD, never the secret itself",
                refusal(text));
    }

    private static String refusal(String text) {
        return assertThrows(IllegalArgumentException.class, () -> SecretRef.parse(text))
                .getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws:", "aws:a b", "aws:arn:aws:s3:::bucket", "aws:prod/hunter#"})
    void saysWhatAReferenceOfAwsLooksLike(String text) {
        assertEquals("not the place of a secret; write aws:NAME-or-ARN[#FIELD]", refusal(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gcp:hunter",
                "gcp:projects/p/secrets/s/versions",
                "gcp:projects/p/secrets/../s",
                "gcp:projects/p/secrets/s#"
            })
    void saysWhatAReferenceOfGoogleLooksLike(String text) {
        assertEquals("not the place of a secret; write gcp:projects/P/secrets/S[/versions/V][#FIELD]", refusal(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"vault:secret#key", "vault:secret/hunter", "vault:secret/../sys#key", "vault:/secret/hunter#key"
            })
    void saysWhatAReferenceOfVaultLooksLike(String text) {
        assertEquals("not the place of a secret; write vault:MOUNT/PATH#FIELD", refusal(text));
    }

    @Test
    void tellsTheFieldFromWhatTheStoreCallsTheSecret() {
        SecretRef ref = SecretRef.parse("vault:secret/hunter#a#b");
        assertEquals("secret/hunter", ref.path());
        assertEquals(Optional.of("a#b"), ref.field());
        SecretRef file = SecretRef.parse("file:keys/a#b");
        assertEquals("keys/a#b", file.path());
        assertEquals(Optional.empty(), file.field());
    }

    @Test
    void referenceTravelsAndSecretDoesNot() throws Exception {
        SecretRef ref = SecretRef.parse("env:KEY");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(ref);
            Secret secret = new Secret(ref, "s3cret");
            assertThrows(NotSerializableException.class, () -> out.writeObject(secret));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(ref, in.readObject());
        }
    }

    @Test
    void secretPrintsItsReferenceOnly() {
        assertEquals("env:KEY", "" + new Secret(SecretRef.parse("env:KEY"), "s3cret"));
    }
}
