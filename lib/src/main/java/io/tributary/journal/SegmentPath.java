package io.tributary.journal;

import java.util.Objects;

/**
 * The place of a segment: {@code run/bucket/attempt-sequence.tj}.
 *
 * @param run the run that writes it
 * @param bucket the bucket of its keys
 * @param attempt unique among the tasks that work this bucket in this run, so that two attempts never share a path
 * @param sequence counts the segments of one attempt from 0
 */
public record SegmentPath(String run, int bucket, long attempt, int sequence) {
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

    SegmentPath next() {
        return new SegmentPath(run, bucket, attempt, sequence + 1);
    }
}
