package io.tributary.jobs.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.coordinator.QuotaUse;
import io.tributary.credential.KeyReport;
import io.tributary.quota.Stalls;
import io.tributary.settings.Prices;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SummedRunsTest {
    private static final Instant START = Instant.parse("2026-08-22T02:00:00Z");

    private static RunSummary run(String id, RunSummary.Status status, int minute, long calls, String... notes) {
        return new RunSummary(
                id,
                "backfill",
                status,
                START.plusSeconds(60L * minute),
                START.plusSeconds(60L * minute),
                START.plusSeconds(60L * minute + 59),
                Map.of("calls", (double) calls, "budget_rounds", calls + 1.0, "deferred", 2.0),
                List.of(new RunSummary.Fill("contacts", calls, 2 * calls, 10 * calls)),
                List.of(new RunSummary.ProviderLine("hunter", calls, calls, 1, 1, 1.5, 0)),
                List.of(new KeyReport(
                        "hunter", "env:K", minute == 0, minute == 0 ? "" : "refused", calls, minute, minute)),
                List.of(new QuotaUse("hunter", 100, calls, 1, Map.of(Stalls.Cause.QUOTA, 5L), minute)),
                List.of(new AccountLine(
                        "hunter",
                        OptionalDouble.of(100 - minute),
                        OptionalDouble.of(99 - minute),
                        OptionalDouble.of(1),
                        1.5)),
                Prices.NONE,
                Map.of("plan", 1.0),
                Optional.empty(),
                List.of(notes));
    }

    @Test
    void oneRunThatDidAllStaysAsItIs() {
        RunSummary only = run("r1", RunSummary.Status.DONE, 0, 3);
        assertSame(only, SummedRuns.of("b", List.of(only), 0));
    }

    @Test
    void whatSeveralDidIsAddedUp() {
        RunSummary sum = SummedRuns.of(
                "b",
                List.of(
                        run("r1", RunSummary.Status.DEFERRED, 0, 3, "said"),
                        run("r2", RunSummary.Status.DONE, 1, 4, "said", "more")),
                0);
        assertEquals("b", sum.runId());
        assertEquals(RunSummary.Status.DEFERRED, sum.status());
        assertEquals(START, sum.startedAt());
        assertEquals(START.plusSeconds(119), sum.finishedAt());
        assertEquals(Map.of("calls", 7.0, "budget_rounds", 5.0, "deferred", 4.0), sum.counts());
        assertEquals(List.of(new RunSummary.Fill("contacts", 7, 14, 70)), sum.filled());
        assertEquals(List.of(new RunSummary.ProviderLine("hunter", 7, 7, 2, 2, 3, 0)), sum.providers());
        assertEquals(List.of(new KeyReport("hunter", "env:K", false, "refused", 7, 1, 1)), sum.keys());
        assertEquals(List.of(new QuotaUse("hunter", 200, 7, 2, Map.of(Stalls.Cause.QUOTA, 10L), 1)), sum.quotas());
        assertEquals(
                List.of(new AccountLine(
                        "hunter", OptionalDouble.of(100), OptionalDouble.of(98), OptionalDouble.of(2), 3)),
                sum.accounts());
        assertEquals(Map.of("plan", 2.0), sum.seconds());
        assertEquals(List.of("said", "more", "in 2 chunks, of which each has its row in the table runs"), sum.notes());
    }

    @Test
    void keysThatNoRunCameToAreDeferred() {
        RunSummary sum = SummedRuns.of("b", List.of(run("r1", RunSummary.Status.DONE, 0, 3)), 1000);
        assertEquals(RunSummary.Status.DEFERRED, sum.status());
        assertEquals(1002, Math.round(sum.count("deferred")));
        assertTrue(
                sum.notes().contains("1,000 keys are in chunks that were not begun"),
                sum.notes().toString());
    }

    @Test
    void aRunThatFailedIsWhatCounts() {
        RunSummary done = run("r1", RunSummary.Status.DONE, 0, 3);
        RunSummary failed = run("r2", RunSummary.Status.FAILED, 1, 0);
        assertEquals(
                RunSummary.Status.FAILED,
                SummedRuns.of("b", List.of(done, failed), 7).status());
    }
}
