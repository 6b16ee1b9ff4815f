package io.tributary.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Segments as files below a folder of this machine, for a service without a cluster. A segment is written under a name that
 * is never listed, then linked to its own name: a link, unlike a rename, replaces nothing, and no process ever sees a part.
 * A put waits for the disk. What a crash leaves behind is at most one unlisted file, and what the loss of power leaves is at
 * most one torn segment, whose put has not returned. Thread-safe.
 */
public final class LocalJournalStore implements JournalStore {
    private static final String SUFFIX = ".tj";
    private static final String PART = ".part";

    private final Path root;

    /** @param root made when the first segment is put */
    public LocalJournalStore(Path root) {
        this.root = Objects.requireNonNull(root, "root").toAbsolutePath().normalize();
    }

    @Override
    public void put(String path, byte[] content) throws IOException {
        Path file = inside(path);
        Path folder = file.getParent();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            syncNames(folder.getParent());
        }
        Path unlisted = folder.resolve("." + file.getFileName() + PART);
        try (FileChannel out = FileChannel.open(unlisted, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            linked(file, unlisted, out, content);
        }
        syncName(folder);
    }

    private static void linked(Path file, Path unlisted, FileChannel out, byte[] content) throws IOException {
        try {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            Files.createLink(file, unlisted);
        } catch (IOException e) {
            Files.deleteIfExists(unlisted);
            throw e;
        }
        Files.delete(unlisted);
        // After its names, so that one commit of the file system holds all of it.
        out.force(true);
    }

    /** Puts a segment in place of the one that stands there: whoever reads it sees the one or the other, also after a crash. */
    public void replace(String path, byte[] content) throws IOException {
        Path file = inside(path);
        Path unlisted = Files.createTempFile(file.getParent(), ".", PART);
        try {
            try (FileChannel out = FileChannel.open(unlisted, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                out.force(true);
            }
            Files.move(unlisted, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unlisted);
        }
        syncName(file.getParent());
    }

    /** A new folder is as durable as the folders that lead to it. */
    private void syncNames(Path folder) throws IOException {
        for (Path at = folder; at != null && at.startsWith(root); at = at.getParent()) {
            syncName(at);
        }
    }

    private void syncName(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    @Override
    public List<String> list(String directory) throws IOException {
        Path folder = inside(directory);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public InputStream open(String path) throws IOException {
        return Files.newInputStream(inside(path));
    }

    private Path inside(String path) throws IOException {
        Path file = root.resolve(path).normalize();
        if (!file.startsWith(root)) {
            throw new IOException("outside of the journal's folder: " + path);
        }
        return file;
    }
}
