package io.tributary.jobs.read;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that a source points to, as the listing shows it.
 *
 * @param path its full path
 * @param bytes its size
 * @param modifiedMillis when it was last written, milliseconds of the epoch
 */
record ExtractFile(String path, long bytes, long modifiedMillis) implements Serializable {
    private static final List<String> IN_TRANSFER = List.of(
            ".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".download", ".inprogress", "._copying_");
    private static final Pattern TIME_IN_NAME = Pattern.compile(
            "(?<!\\d)(20\\d\\d)-?([01]\\d)-?([0-3]\\d)(?:[T_-]?([0-2]\\d)[:-]?([0-5]\\d)(?:[:-]?([0-5]\\d))?)?(?!\\d)");

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether its name says that somebody is still writing it. */
    boolean isInTransfer() {
        String name = name().toLowerCase(java.util.Locale.ROOT);
        return IN_TRANSFER.stream().anyMatch(name::endsWith) || path.contains("/_temporary/");
    }

    /** Whether readers pass it over, as checksums and markers. */
    boolean isHidden() {
        return !isInTransfer() && (name().startsWith(".") || name().startsWith("_"));
    }

    Instant modified() {
        return Instant.ofEpochMilli(modifiedMillis);
    }

    /** The date or time in its name, read as UTC, else when it was written. */
    Instant extractedAt() {
        Matcher time = TIME_IN_NAME.matcher(name());
        while (time.find()) {
            try {
                return LocalDateTime.of(
                                number(time.group(1)),
                                number(time.group(2)),
                                number(time.group(3)),
                                number(time.group(4)),
                                number(time.group(5)),
                                number(time.group(6)))
                        .toInstant(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                // Digits that only look like a date: try the next ones.
            }
        }
        return modified();
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
