package io.tributary.jobs.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Goes once through one file of an extract. Streams; not thread-safe; the caller closes it. */
interface ExtractScanner extends Closeable {
    /** The columns in order: of the header, or all that were seen so far where each record names its own. */
    List<String> columns();

    /** The next record, or empty at the end. */
    Optional<Scanned> next() throws IOException;

    /** After the end: whether the last record breaks off, so that the file looks half written. */
    boolean torn();
}
