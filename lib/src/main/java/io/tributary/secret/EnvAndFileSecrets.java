package io.tributary.secret;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Secrets from environment variables and from UTF-8 files, whose line breaks at the end are left out. A file that every
 * user of the host can read is used, with a warning.
 */
public final class EnvAndFileSecrets implements SecretSource {
    private final Map<String, String> environment;
    private final Consumer<String> warnings;

    /**
     * @param environment for instance {@link System#getenv()}
     * @param warnings takes sentences that are safe to print
     */
    public EnvAndFileSecrets(Map<String, String> environment, Consumer<String> warnings) {
        this.environment = Map.copyOf(environment);
        this.warnings = warnings;
    }

    @Override
    public Secret resolve(SecretRef ref) {
        String value =
                switch (ref.kind()) {
                    case ENV -> variable(ref);
                    case FILE -> content(ref);
                };
        return new Secret(ref, value);
    }

    private String variable(SecretRef ref) {
        String value = environment.getOrDefault(ref.name(), "");
        if (value.isBlank()) {
            throw new SecretUnavailableException(
                    ref, "the variable is not set or empty; export it, on every executor too");
        }
        return value;
    }

    private String content(SecretRef ref) {
        try {
            Path file = Path.of(ref.name());
            String value = Files.readString(file).replaceFirst("[\\r\\n]+\\z", "");
            if (value.isBlank()) {
                throw new SecretUnavailableException(ref, "the file is empty; write the secret into it");
            }
            if (readableByAll(file)) {
                warnings.accept("every user of this host can read " + ref + "; make it private with chmod 600");
            }
            return value;
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new SecretUnavailableException(ref, "there is no such file; create it, on every executor too");
        } catch (CharacterCodingException e) {
            throw new SecretUnavailableException(ref, "the file is not UTF-8 text; write the secret as text");
        } catch (IOException e) {
            throw new SecretUnavailableException(
                    ref, "the file cannot be read (" + e.getClass().getSimpleName() + "); check its type and rights");
        }
    }

    private static boolean readableByAll(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    }
}
