package io.tributary.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRefTest {

    @ParameterizedTest
    @ValueSource(strings = {"env:HUNTER_KEY", "file:/etc/tributary/hunter.key", "file:keys/a b:c"})
    void printsWhatItParsed(String text) {
        assertEquals(text, SecretRef.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sk_live_51H", "env:", "env:NOT A NAME", "file: ", "vault:x", "ENV:KEY"})
    void refusesOtherFormsWithoutRepeatingThem(String text) {
        assertEquals(
                "not the place of a secret; write env:NAME, file:PATH or exec:COMMAND, never the secret itself",
                assertThrows(IllegalArgumentException.class, () -> SecretRef.parse(text))
                        .getMessage());
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
