package io.tributary.jobs.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/**
 * What an object store is to Hadoop, on a disk: a rename fails, and a file that is created on a condition appears as a whole
 * when it is closed, or is refused then because the name is taken. Reached as {@code renameless:///a/path}.
 */
public final class RenamelessFileSystem extends PlainLocalFileSystem {
    private static final URI NAME = URI.create("renameless:///");
    private static final String CONDITIONAL = CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;

    /** What Hadoop needs to reach it. */
    public static Map<String, String> settings() {
        return Map.of("fs.renameless.impl", RenamelessFileSystem.class.getName());
    }

    @Override
    public URI getUri() {
        return NAME;
    }

    @Override
    public String getScheme() {
        return "renameless";
    }

    @Override
    public void initialize(URI uri, Configuration conf) throws IOException {
        super.initialize(uri, conf);
        setConf(conf);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        throw new IOException("renamed " + from + " to " + to + ", which an object store can't");
    }

    @Override
    public boolean hasPathCapability(Path path, String capability) throws IOException {
        return capability.equals(CONDITIONAL) || super.hasPathCapability(path, capability);
    }

    @Override
    public FSDataOutputStreamBuilder<FSDataOutputStream, ?> createFile(Path path) {
        return new Conditional(this, path);
    }

    private static final class Conditional extends FSDataOutputStreamBuilder<FSDataOutputStream, Conditional> {
        private final RenamelessFileSystem files;

        Conditional(RenamelessFileSystem files, Path path) {
            super(files, path);
            this.files = files;
        }

        @Override
        public Conditional getThisBuilder() {
            return this;
        }

        @Override
        public FSDataOutputStream build() throws IOException {
            if (!getMandatoryKeys().equals(Set.of(CONDITIONAL))
                    || !getFlags().equals(EnumSet.of(CreateFlag.CREATE))
                    || !isRecursive()) {
                throw new IllegalArgumentException(
                        "another way to create a file than tests need: " + getMandatoryKeys() + " " + getFlags());
            }
            return new FSDataOutputStream(
                    new WholeAtClose(files.pathToFile(getPath()).toPath()), null);
        }
    }

    private static final class WholeAtClose extends ByteArrayOutputStream {
        private final java.nio.file.Path file;
        private boolean closed;

        WholeAtClose(java.nio.file.Path file) {
            this.file = file;
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            Files.createDirectories(file.getParent());
            java.nio.file.Path unlisted = Files.createTempFile(file.getParent(), ".", ".part");
            try {
                Files.write(unlisted, toByteArray());
                Files.createLink(file, unlisted);
            } catch (java.nio.file.FileAlreadyExistsException taken) {
                throw new IOException("412, the condition of the write to " + file + " does not hold", taken);
            } finally {
                Files.delete(unlisted);
            }
        }
    }
}
