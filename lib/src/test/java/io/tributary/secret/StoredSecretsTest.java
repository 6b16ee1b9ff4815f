package io.tributary.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredSecretsTest {
    private static final SecretRef WHOLE = SecretRef.parse("gcp:projects/p/secrets/s");
    private static final SecretRef FIELD = SecretRef.parse("gcp:projects/p/secrets/s#key");

    @TempDir
    private Path folder;

    /** As a module would bring it. */
    public static final class Names implements SecretStore {
        @Override
        public SecretRef.Kind kind() {
            return SecretRef.Kind.GCP;
        }

        @Override
        public byte[] read(SecretRef ref) {
            return ("it is called " + ref.path()).getBytes(StandardCharsets.UTF_8);
        }
    }

    private record Fixed(byte[] content) implements SecretStore {
        Fixed(String content) {
            this(content.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public SecretRef.Kind kind() {
            return SecretRef.Kind.GCP;
        }

        @Override
        public byte[] read(SecretRef ref) {
            return content;
        }
    }

    private StoredSecrets with(String module) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(SecretStore.class.getName()), module);
        SecretStores stores = new SecretStores(
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, SecretStore.class.getClassLoader()));
        return new StoredSecrets(
                new LocalSecrets(Map.of("KEY", "s3cret"), warning -> {}), stores, Duration.ofSeconds(10));
    }

    private static String read(SecretStore store, SecretRef ref) {
        return StoredSecrets.read(store, ref, Duration.ofSeconds(10)).reveal();
    }

    private static String refusal(SecretStore store, SecretRef ref) {
        return assertThrows(SecretUnavailableException.class, () -> read(store, ref))
                .getMessage();
    }

    @Test
    void readsWhereTheModuleOfAReferenceReadsAndTheRestOnThisMachine() throws IOException {
        StoredSecrets secrets = with(Names.class.getName());
        assertEquals("it is called projects/p/secrets/s", secrets.resolve(WHOLE).reveal());
        assertEquals("s3cret", secrets.resolve(SecretRef.parse("env:KEY")).reveal());
    }

    @Test
    void saysWhichJarIsMissing() {
        String message =
                "no secret at vault:secret/a#b: it needs tributary-secrets-vault.jar, which is not on the class"
                        + " path; add it with spark-submit --jars tributary-secrets-vault.jar, or for ./tributary with"
                        + " TRIBUTARY_CLASSPATH=tributary-secrets-vault.jar";
        SecretRef ref = SecretRef.parse("vault:secret/a#b");
        assertEquals(
                message,
                assertThrows(SecretUnavailableException.class, () -> with(Names.class.getName())
                                .resolve(ref))
                        .getMessage());
        assertEquals(Optional.of(message), new SecretStores().obstacle(ref));
        assertEquals(Optional.empty(), new SecretStores().obstacle(SecretRef.parse("env:KEY")));
    }

    @Test
    void aModuleThatCantBeLoadedIsNoBug() {
        assertEquals(
                "no secret at " + WHOLE + ": a module of secrets can't be loaded (ServiceConfigurationError); take"
                        + " tributary-secrets-gcp.jar of the same version as the job",
                assertThrows(SecretUnavailableException.class, () -> with("no.such.Store")
                                .resolve(WHOLE))
                        .getMessage());
    }

    @Test
    void takesTheWholeSecretWithoutItsLastLineBreak() {
        assertEquals(" {\"key\": 1}\n2 ", read(new Fixed(" {\"key\": 1}\n2 \r\n"), WHOLE));
    }

    @Test
    void takesAFieldAsItStands() {
        assertEquals(" a\n", read(new Fixed("{\"key\": \" a\\n\"}"), FIELD));
        assertEquals("true", read(new Fixed("{\"key\": true}"), FIELD));
    }

    @Test
    void saysWhatIsWrongWithWhatIsKept() {
        assertEquals("no secret at " + WHOLE + ": it is empty; put the secret there", refusal(new Fixed("\n"), WHOLE));
        assertEquals(
                "no secret at " + WHOLE + ": it is not UTF-8 text; store the secret as text",
                refusal(new Fixed(new byte[] {(byte) 0xff}), WHOLE));
        for (String text : new String[] {"s3cret", "[1]", "", "{\"key\": \"s3cret"}) {
            assertEquals(
                    "no secret at " + FIELD + ": it is no JSON object, so it has no field; leave out #key",
                    refusal(new Fixed(text), FIELD));
        }
        assertEquals(
                "no secret at " + FIELD + ": the secret is there, but has no field key",
                refusal(new Fixed("{\"key\": null}"), FIELD));
        assertEquals(
                "no secret at " + FIELD + ": its field key is no single value",
                refusal(new Fixed("{\"key\": []}"), FIELD));
    }

    @Test
    void aClientThatBreaksIsNotQuoted() {
        SecretStore broken = new SecretStore() {
            @Override
            public SecretRef.Kind kind() {
                return SecretRef.Kind.GCP;
            }

            @Override
            public byte[] read(SecretRef ref) {
                throw new IllegalStateException("s3cret");
            }
        };
        assertEquals(
                "no secret at " + WHOLE + ": the store's client failed (java.lang.IllegalStateException); check the"
                        + " reference and the store's settings",
                refusal(broken, WHOLE));
    }

    @Test
    void aStoreIsReadOnly() {
        String refusal = assertThrows(SecretUnavailableException.class, () -> with(Names.class.getName())
                        .replace(WHOLE, "next"))
                .getMessage();
        assertTrue(refusal.endsWith("it can't be written here; use file:PATH"), refusal);
    }
}
