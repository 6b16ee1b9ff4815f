package io.tributary.jobs.cli;

import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.report.SummaryText;

/** How commands show what a run came to. */
final class Summaries {
    private Summaries() {}

    static void show(RunSummary summary, boolean json) {
        System.out.println(json ? summary.toJson() : SummaryText.of(summary));
    }

    static int exitCode(RunSummary summary, boolean deferredOk) {
        int exit = summary.status().exitCode();
        return exit == 3 && deferredOk ? 0 : exit;
    }
}
