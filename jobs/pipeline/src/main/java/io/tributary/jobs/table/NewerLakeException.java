package io.tributary.jobs.table;

/** A newer version has worked on this lake, so this one leaves it alone. The message says what to do. */
public final class NewerLakeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NewerLakeException(String table, String found) {
        super("the table " + table + " has schema version " + found + ", and this Tributary knows none above "
                + SchemaVersion.CURRENT
                + ": a newer one has worked on this lake. Use that one, or one that is newer still."
                + " Nothing was asked and nothing was changed");
    }
}
