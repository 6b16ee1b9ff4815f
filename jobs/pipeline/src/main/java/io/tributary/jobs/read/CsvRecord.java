package io.tributary.jobs.read;

import java.util.List;

/**
 * One record of a CSV file, or what stands where a record should be.
 *
 * @param line the physical line on which it starts, counted from 1
 * @param lastLine the physical line on which it ends
 * @param fields the values, quotes removed; as far as they were read when there is a fault
 * @param ending what ended it
 * @param fault what is wrong with it
 */
record CsvRecord(long line, long lastLine, List<String> fields, Ending ending, Fault fault) {
    /** What ended a record. */
    enum Ending {
        LF,
        CRLF,
        CR,
        END_OF_FILE
    }

    /** What can be wrong with the text of a record, whatever its columns mean. */
    enum Fault {
        NONE,
        /** Something stands between a closing quote and the next delimiter, or a quote inside an unquoted value. */
        QUOTES,
        /** A quote was opened and the file ended. */
        OPEN_QUOTE,
        /** A quoted value grew beyond what one value may hold: most likely its quote was never closed. */
        TOO_LONG
    }

    CsvRecord {
        fields = List.copyOf(fields);
    }

    boolean isBlankLine() {
        return fault == Fault.NONE && fields.size() == 1 && fields.get(0).isEmpty();
    }
}
