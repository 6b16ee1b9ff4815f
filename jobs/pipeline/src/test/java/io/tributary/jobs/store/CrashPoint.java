package io.tributary.jobs.store;

import java.util.regex.Pattern;

/**
 * Where in its writing a process dies.
 *
 * @param write the kind of operation
 * @param path found in the path of what is written, renamed to, deleted or made
 * @param nth which of these operations, from 1
 * @param moment where in the operation
 */
public record CrashPoint(Write write, Pattern path, int nth, Moment moment) {
    /** What changes a file system. A file counts as one, from its creation until it is closed. */
    public enum Write {
        FILE,
        RENAME,
        DELETE,
        FOLDER,
        /** Whichever of them. */
        ANY
    }

    /** Where in an operation. */
    public enum Moment {
        /** Nothing of it is done. */
        BEFORE,
        /** Half of a file's bytes are there. Of another operation nothing is: it is whole or not done. */
        TORN,
        /** All is done, and the caller never hears of it. */
        AFTER
    }

    public CrashPoint {
        if (nth < 1) {
            throw new IllegalArgumentException("operations are counted from 1, and not from " + nth);
        }
    }

    /** At the first operation of a kind on a path in which the expression is found. */
    public static CrashPoint at(Moment moment, Write write, String path) {
        return new CrashPoint(write, Pattern.compile(path), 1, moment);
    }

    /** At any operation, by its number alone. */
    public static CrashPoint atWrite(int nth, Moment moment) {
        return new CrashPoint(Write.ANY, Pattern.compile(""), nth, moment);
    }

    /** The same, at a later one of these operations. */
    public CrashPoint number(int number) {
        return new CrashPoint(write, path, number, moment);
    }

    boolean matches(Write kind, String written) {
        return (write == Write.ANY || write == kind) && path.matcher(written).find();
    }

    @Override
    public String toString() {
        return moment + " " + write + " " + nth + " of " + path;
    }
}
