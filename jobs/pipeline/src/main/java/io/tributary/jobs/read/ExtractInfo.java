package io.tributary.jobs.read;

import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/**
 * One extract as it was found: enough to tell tomorrow whether it is new.
 *
 * @param source the name of the source in the settings
 * @param path where it lies
 * @param bytes its size; 0 for a Delta table, whose files are not counted
 * @param modified when the file was last written
 * @param sha256 hash of its content, lower-case hex; for a Delta table {@code version:N}
 * @param rows its records, readable or not; a header is none
 * @param extractedAt when the CRM wrote it, as far as it is known: the time in its name, else {@code modified}
 */
public record ExtractInfo(
        String source, String path, long bytes, Instant modified, String sha256, long rows, Instant extractedAt)
        implements Serializable {
    public ExtractInfo {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(modified, "modified");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(extractedAt, "extractedAt");
    }

    /** The last part of the path: what rows and rejects call it. */
    public String name() {
        String trimmed = path.replaceAll("/+$", "");
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }
}
