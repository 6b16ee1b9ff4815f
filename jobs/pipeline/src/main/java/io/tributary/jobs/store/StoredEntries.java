package io.tributary.jobs.store;

import io.delta.storage.AzureLogStore;
import io.delta.storage.GCSLogStore;
import io.delta.storage.HDFSLogStore;
import io.delta.storage.LogStore;
import io.delta.storage.S3SingleDriverLogStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/**
 * Entries as files, written in the way in which Delta commits to the same store, so that they are at least as exclusive as
 * the tables' own commits are. Where the store itself refuses to replace a file when asked to ({@link NewFile}: S3, with
 * Hadoop 3.4.2 or newer), it is asked. On S3 with an older Hadoop they are exclusive within one driver, unless {@code
 * spark.delta.logStore.s3a.impl} names a store that several clusters can share. On a disk of this machine a hard link takes
 * the place of Delta's rename, which would replace another process's file.
 */
public final class StoredEntries implements Entries {
    private final Configuration hadoop;
    private final FileSystem files;
    private final Path folder;

    /** @param folder made with the first entry */
    public StoredEntries(Configuration hadoop, Path folder) throws IOException {
        this.hadoop = hadoop;
        this.files = folder.getFileSystem(hadoop);
        this.folder = files.makeQualified(folder);
    }

    /** The Hadoop settings with those of Spark by which Delta chooses how to commit to a store. */
    public static Configuration settings(Configuration hadoop, SparkConf spark) {
        Configuration settings = new Configuration(hadoop);
        for (Tuple2<String, String> each : spark.getAllWithPrefix("spark.delta.logStore.")) {
            settings.set("spark.delta.logStore." + each._1(), each._2());
        }
        return settings;
    }

    @Override
    public OptionalLong last() throws IOException {
        return numbers().stream().mapToLong(Long::longValue).max();
    }

    private List<Long> numbers() throws IOException {
        List<Long> numbers = new ArrayList<>();
        try {
            for (FileStatus file : files.listStatus(folder)) {
                String name = file.getPath().getName();
                if (name.matches("\\d{20}\\.json")) {
                    numbers.add(Long.parseLong(name.substring(0, 20)));
                }
            }
        } catch (FileNotFoundException nothingYet) {
            return List.of();
        }
        return numbers;
    }

    @Override
    public String read(long number) throws IOException {
        try (var in = files.open(path(number))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    @Override
    public Instant writtenAt(long number) throws IOException {
        return Instant.ofEpochMilli(files.getFileStatus(path(number)).getModificationTime());
    }

    @Override
    public boolean write(long number, String text) throws IOException {
        String scheme = folder.toUri().getScheme().toLowerCase(Locale.ROOT);
        String configured = hadoop.get(Commits.setting(scheme), "");
        try {
            if (configured.isEmpty() && NewFile.isConditional(files, folder)) {
                NewFile.write(files, path(number), text.getBytes(StandardCharsets.UTF_8));
            } else if (configured.isEmpty() && scheme.equals("file")) {
                files.mkdirs(folder);
                link(java.nio.file.Path.of(path(number).toUri()), text);
            } else {
                files.mkdirs(folder);
                // Some of Delta's stores look first and write then: one at a time within one object, and each call has
                // its own.
                synchronized (StoredEntries.class) {
                    store(scheme, configured).write(path(number), one(text), false, hadoop);
                }
            }
            return true;
        } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException taken) {
            return false;
        }
    }

    private static Iterator<String> one(String text) {
        return List.of(text).iterator();
    }

    /** A link comes with all of its content, and replaces nothing. */
    private static void link(java.nio.file.Path entry, String text) throws IOException {
        java.nio.file.Path unlisted = Files.createTempFile(entry.getParent(), ".", ".part");
        try {
            Files.writeString(unlisted, text);
            Files.createLink(entry, unlisted);
        } finally {
            Files.deleteIfExists(unlisted);
        }
    }

    private LogStore store(String scheme, String configured) throws IOException {
        if (!configured.isEmpty()) {
            try {
                return (LogStore) Class.forName(configured)
                        .getConstructor(Configuration.class)
                        .newInstance(hadoop);
            } catch (ReflectiveOperationException e) {
                throw new IOException(
                        Commits.setting(scheme) + " names " + configured + ", which can't be used as a log store", e);
            }
        }
        return switch (scheme) {
            case "s3", "s3a", "s3n" -> new S3SingleDriverLogStore(hadoop);
            case "abfs", "abfss", "adl", "wasb", "wasbs" -> new AzureLogStore(hadoop);
            case "gs" -> new GCSLogStore(hadoop);
            default -> new HDFSLogStore(hadoop);
        };
    }

    @Override
    public void prune(long below) throws IOException {
        for (long number : numbers()) {
            if (number < below) {
                files.delete(path(number), false);
            }
        }
    }

    private Path path(long number) {
        return new Path(folder, String.format(Locale.ROOT, "%020d.json", number));
    }
}
