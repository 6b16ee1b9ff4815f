package io.tributary.jobs.journal;

import io.tributary.jobs.store.NewFile;
import io.tributary.journal.JournalStore;
import io.tributary.journal.LocalJournalStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Segments as files below a folder. A file is created under its own name and closed, see {@link NewFile}; no rename is
 * needed, because a segment without its footer is not believed. Thread-safe.
 */
public final class HadoopJournalStore implements JournalStore {
    private static final String SUFFIX = ".tj";
    private static final String HARVESTED = "_harvested";
    private static final String PART = ".part";

    private final FileSystem files;
    private final Path root;

    /** Hadoop's own local file system starts a process for every file to set its permissions. */
    private final Optional<LocalJournalStore> local;

    public HadoopJournalStore(Configuration hadoop, String root) throws IOException {
        Path given = new Path(root);
        this.files = given.getFileSystem(hadoop);
        this.root = files.makeQualified(given);
        this.local = files instanceof LocalFileSystem
                ? Optional.of(new LocalJournalStore(java.nio.file.Path.of(this.root.toUri())))
                : Optional.empty();
    }

    @Override
    public void put(String path, byte[] content) throws IOException {
        if (local.isPresent()) {
            local.get().put(path, content);
            return;
        }
        NewFile.write(files, new Path(root, path), content);
    }

    @Override
    public List<String> list(String directory) throws IOException {
        List<String> paths = new ArrayList<>();
        try {
            RemoteIterator<LocatedFileStatus> found = files.listFiles(new Path(root, directory), true);
            while (found.hasNext()) {
                Path file = found.next().getPath();
                if (file.getName().endsWith(SUFFIX)) {
                    paths.add(root.toUri().relativize(file.toUri()).getPath());
                }
            }
        } catch (FileNotFoundException nothingThere) {
            return List.of();
        }
        paths.sort(null);
        return List.copyOf(paths);
    }

    @Override
    public InputStream open(String path) throws IOException {
        return files.open(new Path(root, path));
    }

    /** The runs whose segments are not all in history yet, sorted. */
    public List<String> unharvestedRuns() throws IOException {
        List<String> runs = new ArrayList<>();
        if (files.exists(root)) {
            for (FileStatus run : files.listStatus(root)) {
                if (run.isDirectory() && !files.exists(new Path(run.getPath(), HARVESTED))) {
                    runs.add(run.getPath().getName());
                }
            }
        }
        runs.sort(null);
        return List.copyOf(runs);
    }

    /**
     * When the youngest segment of a run was put, or its folder was made if it has none, by the file system's clock. A folder
     * that holds something is not asked: in an object store it is as old as the question.
     */
    public Instant lastPut(String run) throws IOException {
        Path folder = new Path(root, run);
        OptionalLong last = OptionalLong.empty();
        RemoteIterator<LocatedFileStatus> found = files.listFiles(folder, true);
        while (found.hasNext()) {
            long put = found.next().getModificationTime();
            last = OptionalLong.of(Math.max(put, last.orElse(put)));
        }
        return Instant.ofEpochMilli(
                last.isPresent()
                        ? last.getAsLong()
                        : files.getFileStatus(folder).getModificationTime());
    }

    /** Remembers that every segment of that run is in history. No task of it may still be alive. */
    public void markHarvested(String run) throws IOException {
        files.create(new Path(new Path(root, run), HARVESTED), true).close();
    }

    /**
     * Puts a segment in place of the one that stands there. Whoever reads it, also after a crash, sees the one or the other: a
     * disk and HDFS replace by a rename, and an object store when the new file is closed.
     */
    public void replace(String path, byte[] content) throws IOException {
        Path file = new Path(root, path);
        if (local.isPresent()) {
            local.get().replace(path, content);
        } else if (NewFile.isConditional(files, file)) {
            try (FSDataOutputStream out = files.create(file, true)) {
                out.write(content);
            }
        } else {
            Path unlisted = new Path(file.getParent(), "." + file.getName() + PART);
            files.delete(unlisted, false);
            NewFile.write(files, unlisted, content);
            FileContext.getFileContext(root.toUri(), files.getConf()).rename(unlisted, file, Options.Rename.OVERWRITE);
        }
    }

    /** Removes what puts that died have left beside the segments; nobody may be putting any. */
    public void removeParts() throws IOException {
        if (!files.exists(root)) {
            return;
        }
        RemoteIterator<LocatedFileStatus> found = files.listFiles(root, true);
        while (found.hasNext()) {
            Path file = found.next().getPath();
            if (file.getName().startsWith(".") && file.getName().endsWith(PART)) {
                files.delete(file, false);
            }
        }
    }

    /** The runs whose segments are all in history, sorted. */
    public List<String> harvestedRuns() throws IOException {
        List<String> runs = new ArrayList<>();
        if (files.exists(root)) {
            for (FileStatus run : files.listStatus(root)) {
                if (run.isDirectory() && files.exists(new Path(run.getPath(), HARVESTED))) {
                    runs.add(run.getPath().getName());
                }
            }
        }
        runs.sort(null);
        return List.copyOf(runs);
    }

    /**
     * Removes the journal of a run, its segments first: a removal that died leaves a run that is harvested.
     *
     * @throws IllegalStateException if it is not
     */
    public void removeHarvested(String run) throws IOException {
        Path folder = new Path(root, run);
        if (!files.exists(new Path(folder, HARVESTED))) {
            throw new IllegalStateException("the journal of run " + run + " holds what history does not");
        }
        for (FileStatus bucket : files.listStatus(folder)) {
            if (!bucket.getPath().getName().equals(HARVESTED)) {
                files.delete(bucket.getPath(), true);
            }
        }
        files.delete(folder, true);
    }

    /** Where the segments lie, in full. */
    public String root() {
        return root.toString();
    }

    /** The full path of a segment. */
    public String qualified(String path) {
        return new Path(root, path).toString();
    }

    /** The segment path of a full path. */
    public String relative(String qualified) {
        return root.toUri().relativize(new Path(qualified).toUri()).getPath();
    }
}
