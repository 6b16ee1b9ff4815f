package io.tributary.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSecretsTest {
    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private final LocalSecrets secrets = new LocalSecrets(Map.of("KEY", "s3cret", "EMPTY", ""), warnings::add);

    private SecretRef file(String content, String rights) throws Exception {
        Path file = Files.writeString(folder.resolve("key"), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
        return SecretRef.parse("file:" + file);
    }

    private String refusal(SecretRef ref) {
        return assertThrows(SecretUnavailableException.class, () -> secrets.resolve(ref))
                .getMessage();
    }

    @Test
    void readsAVariable() {
        assertEquals("s3cret", secrets.resolve(SecretRef.parse("env:KEY")).reveal());
    }

    @Test
    void readsAFileWithoutItsLastLineBreakOnly() throws Exception {
        assertEquals(" a\nb ", secrets.resolve(file(" a\nb \r\n", "rw-------")).reveal());
        assertEquals(List.of(), warnings);
    }

    @Test
    void warnsOfAFileThatEveryUserCanRead() throws Exception {
        SecretRef ref = file("s3cret", "rw-r--r--");
        assertEquals("s3cret", secrets.resolve(ref).reveal());
        assertEquals(List.of("every user of this host can read " + ref + "; make it private with chmod 600"), warnings);
    }

    @Test
    void saysWhatToDoWhenThereIsNoSecret() throws Exception {
        String unset = ": the variable is not set or empty; export it where the job is started";
        assertEquals("no secret at env:NONE" + unset, refusal(SecretRef.parse("env:NONE")));
        assertEquals("no secret at env:EMPTY" + unset, refusal(SecretRef.parse("env:EMPTY")));
        SecretRef missing = SecretRef.parse("file:" + folder.resolve("none"));
        assertEquals(
                "no secret at " + missing + ": there is no such file; create it where the job is started",
                refusal(missing));
        SecretRef empty = file("\n", "rw-------");
        assertEquals("no secret at " + empty + ": the file is empty; write the secret into it", refusal(empty));
    }

    @Test
    void readsWhatACommandPrints() {
        assertEquals(
                "s3cret",
                secrets.resolve(SecretRef.parse("exec:printf 's3cret\\n' | cat"))
                        .reveal());
    }

    @Test
    void aCommandThatFailsSaysNothingOfWhatItPrinted() {
        assertEquals(
                "no secret at exec:echo s3cret >&2; exit 3: the command ended with exit code 3; run it by hand to see why",
                refusal(SecretRef.parse("exec:echo s3cret >&2; exit 3")));
        assertEquals(
                "no secret at exec:true: the command printed nothing; run it by hand to see why",
                refusal(SecretRef.parse("exec:true")));
    }

    @Test
    void replacesWhatIsInAFileAndKeepsItPrivate() throws Exception {
        SecretRef ref = file("old", "rw-------");
        secrets.replace(ref, "new");
        assertEquals("new", secrets.resolve(ref).reveal());
        assertEquals(List.of(), warnings);
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
        assertThrows(SecretUnavailableException.class, () -> secrets.replace(SecretRef.parse("env:KEY"), "new"));
    }
}
