package io.tributary.journal;

import java.io.IOException;

/**
 * A segment was written by a program with a newer journal. It may hold answers that were paid for, so nothing may be asked
 * as if it were not there.
 */
public final class UnknownVersionException extends IOException {
    private static final long serialVersionUID = 1L;

    UnknownVersionException(String path, int version, int known) {
        super("the journal segment " + path + " has version " + version + ", and this Tributary knows versions up to "
                + known + ". Run it with the Tributary that wrote it, or a newer one");
    }
}
