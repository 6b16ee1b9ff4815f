package io.tributary.secret;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Secrets of this machine: from environment variables, from UTF-8 files and from commands; line breaks at the end of a file
 * or of what a command prints are left out. A file that every user of the host can read is used, with a warning.
 */
public final class LocalSecrets implements SecretSource {
    private static final int COMMAND_SECONDS = 60;
    private static final int LONGEST = 1 << 20;

    private final Map<String, String> environment;
    private final Consumer<String> warnings;

    /**
     * @param environment for instance {@link System#getenv()}
     * @param warnings takes sentences that are safe to print
     */
    public LocalSecrets(Map<String, String> environment, Consumer<String> warnings) {
        this.environment = Map.copyOf(environment);
        this.warnings = warnings;
    }

    @Override
    public Secret resolve(SecretRef ref) {
        String value =
                switch (ref.kind()) {
                    case ENV -> variable(ref);
                    case FILE -> content(ref);
                    case EXEC -> printed(ref);
                    case AWS, GCP, VAULT -> throw new IllegalArgumentException(ref + " is not of this machine");
                };
        return new Secret(ref, value);
    }

    private String variable(SecretRef ref) {
        String value = environment.getOrDefault(ref.name(), "");
        if (value.isBlank()) {
            throw new SecretUnavailableException(
                    ref, "the variable is not set or empty; export it where the job is started");
        }
        return value;
    }

    private String content(SecretRef ref) {
        try {
            Path file = Path.of(ref.name());
            String value = stripped(Files.readString(file));
            if (value.isBlank()) {
                throw new SecretUnavailableException(ref, "the file is empty; write the secret into it");
            }
            if (readableByAll(file)) {
                warnings.accept("every user of this host can read " + ref + "; make it private with chmod 600");
            }
            return value;
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new SecretUnavailableException(ref, "there is no such file; create it where the job is started");
        } catch (CharacterCodingException e) {
            throw new SecretUnavailableException(ref, "the file is not UTF-8 text; write the secret as text");
        } catch (IOException e) {
            throw new SecretUnavailableException(
                    ref, "the file cannot be read (" + e.getClass().getSimpleName() + "); check its type and rights");
        }
    }

    private static String stripped(String text) {
        return text.replaceFirst("[\\r\\n]+\\z", "");
    }

    /** What a command says on its other channel may quote the secret, so it is not repeated. */
    private static String printed(SecretRef ref) {
        Process process = null;
        try {
            process = new ProcessBuilder("/bin/sh", "-c", ref.name())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(reading(process.getInputStream()));
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                throw new SecretUnavailableException(
                        ref, "the command ran for more than " + COMMAND_SECONDS + " s; run it by hand to see why");
            }
            if (process.exitValue() != 0) {
                throw new SecretUnavailableException(
                        ref, "the command ended with exit code " + process.exitValue() + "; run it by hand to see why");
            }
            String value = stripped(new String(output.join(), StandardCharsets.UTF_8));
            if (value.isBlank()) {
                throw new SecretUnavailableException(ref, "the command printed nothing; run it by hand to see why");
            }
            return value;
        } catch (IOException e) {
            throw new SecretUnavailableException(ref, "the command can't be run: there is no /bin/sh");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SecretUnavailableException(ref, "the run was stopped while the command ran");
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }

    private static Supplier<byte[]> reading(InputStream output) {
        return () -> {
            try (output) {
                return output.readNBytes(LONGEST);
            } catch (IOException closed) {
                return new byte[0];
            }
        };
    }

    /** Whoever reads the file meanwhile finds the old secret or the new one, whole. */
    @Override
    public void replace(SecretRef ref, String value) {
        if (ref.kind() != SecretRef.Kind.FILE) {
            SecretSource.super.replace(ref, value);
        }
        try {
            Path file = Path.of(ref.name()).toAbsolutePath();
            Path next = Files.createTempFile(file.getParent(), ".secret", "");
            try {
                Files.writeString(next, value);
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (IOException | InvalidPathException e) {
            throw new SecretUnavailableException(
                    ref, "the file can't be written (" + e.getClass().getSimpleName() + "); check its folder's rights");
        }
    }

    private static boolean readableByAll(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    }
}
