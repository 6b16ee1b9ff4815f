package io.tributary.journal;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a segment: {@code run/bucket/attempt-sequence.tj}.
 *
 * @param run the run that writes it
 * @param bucket the bucket of its keys
 * @param attempt unique among the tasks that work this bucket in this run, so that two attempts never share a path
 * @param sequence counts the segments of one attempt from 0
 */
public record SegmentPath(String run, int bucket, long attempt, int sequence) {
    private static final Pattern TEXT = Pattern.compile("([^/]+)/(\\d+)/(\\d+)-(\\d+)\\.tj");

    public SegmentPath {
        Objects.requireNonNull(run, "run");
        if (run.isBlank() || run.contains("/")) {
            throw new IllegalArgumentException("a run id is one path element");
        }
    }

    /** The folder of a bucket of a run. */
    public static String bucketFolder(String run, int bucket) {
        return run + "/" + bucket;
    }

    public String text() {
        return String.format(java.util.Locale.ROOT, "%s/%d/%d-%06d.tj", run, bucket, attempt, sequence);
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws IllegalArgumentException if the text is no path of a segment
     */
    public static SegmentPath parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not the path of a journal segment, run/bucket/attempt-sequence.tj: "
                    + text + "; only Tributary may put files into the journal");
        }
        return new SegmentPath(
                parts.group(1),
                Integer.parseInt(parts.group(2)),
                Long.parseLong(parts.group(3)),
                Integer.parseInt(parts.group(4)));
    }

    SegmentPath next() {
        return new SegmentPath(run, bucket, attempt, sequence + 1);
    }
}
