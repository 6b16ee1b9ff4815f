package io.tributary.jobs.run;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;

/** Run ids sort by time and are one path element: {@code 20261123-020000-1a2b3c}, {@code …-backfill}. */
final class RunIds {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private RunIds() {}

    /** When a run of that id started, to the second; empty for an id of another form. */
    static Optional<Instant> started(String runId) {
        try {
            return Optional.of(Instant.from(TIME.parse(runId.substring(0, Math.min(15, runId.length())))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The job is told where it is not a night. */
    static String of(Instant started, Job job) {
        String id = TIME.format(started) + "-" + UUID.randomUUID().toString().substring(0, 6);
        return job == Job.NIGHTLY ? id : id + "-" + job.id();
    }
}
