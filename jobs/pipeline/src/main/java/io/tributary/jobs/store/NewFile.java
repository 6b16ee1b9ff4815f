package io.tributary.jobs.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/**
 * Files that are created under their own names and never replaced, without a rename. HDFS creates a name once by itself. S3
 * does so by a conditional request, which Hadoop knows since 3.4.2; there the file appears when it is closed, and a second
 * writer is refused by the store and not by a look beforehand.
 */
public final class NewFile {
    private static final String CONDITIONAL = CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;

    /** The condition is part of the write, so looks before it would only cost two requests. */
    private static final String NO_LOOK_BEFORE = "fs.s3a.create.performance";

    private NewFile() {}

    /** Whether this store is asked to create by a conditional request. Costs no request. */
    public static boolean isConditional(FileSystem files, Path path) throws IOException {
        return files.hasPathCapability(path, CONDITIONAL);
    }

    /**
     * Creates a file with all of its content; on a file system that can, it survives the machine. What stands there already
     * with the same content is taken for this call's own: an answer of the store may be lost and the request sent again.
     *
     * @throws FileAlreadyExistsException if the name is taken; the old content stays
     */
    public static void write(FileSystem files, Path file, byte[] content) throws IOException {
        boolean conditional = isConditional(files, file);
        try (FSDataOutputStream out = conditional ? conditionally(files, file) : files.create(file, false)) {
            out.write(content);
            if (out.hasCapability("hsync")) {
                out.hsync();
            }
        } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
            throw new FileAlreadyExistsException(file.toString());
        } catch (IOException e) {
            Optional<byte[]> standing = conditional ? content(files, file) : Optional.empty();
            if (standing.isEmpty()) {
                throw e;
            }
            if (!Arrays.equals(standing.get(), content)) {
                throw new FileAlreadyExistsException(file.toString());
            }
        }
    }

    private static FSDataOutputStream conditionally(FileSystem files, Path file) throws IOException {
        FSDataOutputStreamBuilder<?, ?> builder = files.createFile(file);
        builder.create().recursive();
        builder.opt(NO_LOOK_BEFORE, true);
        builder.must(CONDITIONAL, true);
        return builder.build();
    }

    private static Optional<byte[]> content(FileSystem files, Path file) throws IOException {
        try (InputStream in = files.open(file)) {
            return Optional.of(in.readAllBytes());
        } catch (FileNotFoundException nothingThere) {
            return Optional.empty();
        }
    }
}
