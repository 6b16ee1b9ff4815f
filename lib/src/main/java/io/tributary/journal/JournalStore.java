package io.tributary.journal;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Where segments are kept. A segment is put whole or not at all; thread-safe. */
public interface JournalStore {
    /**
     * Puts one segment; when this returns, it survives the death of the process.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the path is taken; the old content stays
     */
    void put(String path, byte[] content) throws IOException;

    /** All segments below a directory, as sorted paths; none if there is no such directory. */
    List<String> list(String directory) throws IOException;

    /**
     * Opens a segment; the caller closes it.
     *
     * @throws IOException also if there is no such segment
     */
    InputStream open(String path) throws IOException;
}
