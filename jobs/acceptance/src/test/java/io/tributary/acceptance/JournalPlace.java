package io.tributary.acceptance;

import io.tributary.journal.Segment;
import io.tributary.journal.SegmentCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Where the journal of a round lies, and what can be done to it there. Closing takes a mount away. */
final class JournalPlace implements AutoCloseable {
    private static final String MEGABYTES = "24m";

    private final ChaosPlan.Journal kind;
    private final Path folder;
    private final Path orders;
    private final boolean mounted;

    private JournalPlace(ChaosPlan.Journal kind, Path folder, Path orders, boolean mounted) {
        this.kind = kind;
        this.folder = folder;
        this.orders = orders;
        this.mounted = mounted;
    }

    /** @param round the folder of the round; where nothing may be mounted, the journal lies there instead */
    static JournalPlace of(ChaosPlan.Journal kind, Path round) throws IOException {
        Path folder = Files.createDirectories(round.resolve("journal"));
        boolean mounted = kind == ChaosPlan.Journal.MOUNT
                && succeeds("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES, "tmpfs", folder.toString());
        return new JournalPlace(kind, folder, round.resolve("orders"), mounted);
    }

    List<String> options() {
        return List.of("--set", "journal.path=" + (kind == ChaosPlan.Journal.FAILING ? "chaos://" + folder : folder));
    }

    Map<String, String> spark() {
        return kind == ChaosPlan.Journal.FAILING
                ? Map.of(
                        "spark.hadoop.fs.chaos.impl",
                        "io.tributary.jobs.journal.ChaosFileSystem",
                        "spark.hadoop.fs.chaos.orders",
                        orders.toString())
                : Map.of();
    }

    List<String> jars() throws IOException {
        return kind == ChaosPlan.Journal.FAILING ? List.of(Home.pipelineTests().toString()) : List.of();
    }

    /** Why nothing can be done to a mount; empty if it can. */
    Optional<String> noMount() {
        return mounted ? Optional.empty() : Optional.of("nothing may be mounted here");
    }

    void order(String order) throws IOException {
        Path written = Files.writeString(orders.resolveSibling("orders.new"), order);
        Files.move(written, orders, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    void orderNothing() throws IOException {
        Files.deleteIfExists(orders);
    }

    /** A segment that is being written keeps a file system from becoming read-only. */
    Optional<String> readOnly() {
        for (int tries = 0; tries < 50; tries++) {
            if (succeeds("mount", "-o", "remount,ro", folder.toString())) {
                return Optional.empty();
            }
        }
        return Optional.of("the mount stays writable");
    }

    void writable() throws IOException {
        if (!succeeds("mount", "-o", "remount,rw", folder.toString())) {
            throw new IOException("the mount stays read-only");
        }
    }

    void fill() throws IOException {
        try (FileChannel filler =
                FileChannel.open(folder.resolve("filler"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (true) {
                filler.write(ByteBuffer.allocate(4096));
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("space")) {
                throw full;
            }
        }
    }

    void empty() throws IOException {
        Files.deleteIfExists(folder.resolve("filler"));
    }

    /** The segment that was put last, if there is one. */
    Optional<Segment> newest() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            Optional<Path> newest = files.filter(file -> file.toString().endsWith(".tj"))
                    .max(Comparator.comparing(JournalPlace::modified));
            if (newest.isEmpty()) {
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(newest.get())) {
                return Optional.of(SegmentCodec.read(newest.get().toString(), in));
            }
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        if (mounted && !succeeds("umount", "-l", folder.toString())) {
            throw new IOException(folder + " stays mounted");
        }
    }
}
