package io.tributary.jobs.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobTest {
    private static final Instant STARTED = Instant.parse("2026-08-21T02:00:00Z");

    @Test
    void aRunsIdTellsItsJobAndWhenItStarted() {
        for (Job job : Job.values()) {
            String id = RunIds.of(STARTED, job);
            assertEquals(job, Job.ofRun(id));
            assertEquals(Optional.of(STARTED), RunIds.started(id));
        }
    }

    @Test
    void aNightGoesFirstAtTheProvidersAndABackfillLast() {
        assertTrue(Job.NIGHTLY.priority() > Job.RESUME.priority());
        assertTrue(Job.RESUME.priority() > Job.BACKFILL.priority());
    }
}
