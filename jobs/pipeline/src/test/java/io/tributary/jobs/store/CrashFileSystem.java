package io.tributary.jobs.store;

import io.tributary.jobs.store.CrashPoint.Moment;
import io.tributary.jobs.store.CrashPoint.Write;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The local disk as a {@link MortalProcess} sees it: {@code crash://process/a/path}. When the process is dead, nothing is
 * read or written any more. The first half of a torn file is there; of files that were open only what had been flushed.
 */
public final class CrashFileSystem extends PlainLocalFileSystem {
    static final String SCHEME = "crash";

    private MortalProcess process;

    /** What Spark needs to reach it. Delta commits to it as to a disk: a file of another name, and a rename. */
    public static Map<String, String> settings() {
        return Map.of(
                "spark.hadoop.fs.crash.impl",
                CrashFileSystem.class.getName(),
                "spark.delta.logStore.crash.impl",
                "io.delta.storage.LocalLogStore");
    }

    @Override
    public void initialize(URI uri, Configuration hadoop) throws IOException {
        process = MortalProcess.named(uri.getAuthority());
        super.initialize(uri, hadoop);
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    /** The base asks for it before there is a process. */
    @Override
    public URI getUri() {
        return URI.create(process == null ? SCHEME + ":///" : process.place(java.nio.file.Path.of("/")));
    }

    @Override
    protected OutputStream createOutputStreamWithMode(Path path, boolean append, FsPermission permission)
            throws IOException {
        Optional<Moment> end = process.begin(Write.FILE, text(path));
        return new WatchedStream(super.createOutputStreamWithMode(path, append, permission), end);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        return done(process.begin(Write.RENAME, text(to)), super.rename(from, to));
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        return done(process.begin(Write.DELETE, text(path)), super.delete(path, recursive));
    }

    @Override
    protected boolean mkOneDirWithMode(Path path, File folder, FsPermission permission) throws IOException {
        if (folder.exists()) {
            return super.mkOneDirWithMode(path, folder, permission);
        }
        return done(process.begin(Write.FOLDER, folder.getPath()), super.mkOneDirWithMode(path, folder, permission));
    }

    private boolean done(Optional<Moment> end, boolean result) throws IOException {
        if (end.isPresent()) {
            throw process.die();
        }
        return result;
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        process.live();
        return super.open(path, bufferSize);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        process.live();
        return super.getFileStatus(path);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        process.live();
        return super.listStatus(path);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        process.live();
        return super.exists(path);
    }

    private static String text(Path path) {
        return path.toUri().getPath();
    }

    private final class WatchedStream extends OutputStream {
        private final OutputStream file;
        private final Optional<Moment> end;
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();
        private boolean closed;

        /** @param end where in this file the process dies; only then its bytes are held back until it is closed */
        WatchedStream(OutputStream file, Optional<Moment> end) {
            this.file = file;
            this.end = end;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            process.live();
            (end.isPresent() ? held : file).write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            process.live();
            file.flush();
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            try (OutputStream closing = file) {
                process.live();
                if (end.isPresent()) {
                    int length = end.get() == Moment.TORN ? held.size() / 2 : held.size();
                    closing.write(held.toByteArray(), 0, length);
                }
            }
            if (end.isPresent()) {
                throw process.die();
            }
        }
    }
}
