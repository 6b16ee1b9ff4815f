package io.tributary.yaml;

import java.util.Objects;

/**
 * One thing that is wrong in a file of settings.
 *
 * @param file the file's name as the user knows it, or {@code --set} for an override
 * @param line counted from 1; 0 when there is no line
 * @param path where in the file, such as {@code providers.acme.quota[1].window}; empty for the whole file
 * @param message what is wrong and what to write instead
 */
public record Fault(String file, int line, String path, String message) {

    public Fault {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(message, "message");
        if (line < 0) {
            throw new IllegalArgumentException("a line is counted from 1, or 0 for none");
        }
    }

    /** {@code pipeline.yaml:14 providers.acme.quota[1].window: "1 hr" is not a duration; write 1h}. */
    @Override
    public String toString() {
        String where = line == 0 ? file : file + ":" + line;
        return path.isEmpty() ? where + " " + message : where + " " + path + ": " + message;
    }
}
