package io.tributary.jobs.report;

import io.tributary.coordinator.QuotaUse;
import io.tributary.quota.Stalls;
import io.tributary.settings.Prices;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The summary as a person reads it: plain text, no colour, at most 100 columns. */
public final class SummaryText {
    private SummaryText() {}

    public static String of(RunSummary run) {
        StringBuilder out = new StringBuilder();
        line(out, "run %s (%s): %s", run.runId(), run.job(), run.status().id());
        line(out, "");
        row(out, "CRM rows read", run, "rows_read");
        row(out, "  set aside (table rejects)", run, "rows_rejected");
        if (run.count("unchanged") > 0) {
            row(out, "unchanged, not looked at again", run, "unchanged");
        }
        row(out, "distinct keys", run, "keys");
        row(out, "  served from history", run, "cache_hits");
        row(out, "  known not to be found", run, "negative_hits");
        row(out, "  to ask", run, "work");
        if (run.count("budget_rounds") > 1) {
            row(out, "  in rounds of the budget", run, "budget_rounds");
        }
        row(out, "requests sent", run, "calls");
        row(out, "answers", run, "answers");
        row(out, "  matched", run, "matched");
        row(out, "  partial", run, "partial");
        row(out, "  not found", run, "not_found");
        for (String rare : List.of("carried", "rejected", "failed", "pending", "unknown", "repeats", "refused_429")) {
            if (run.count(rare) > 0) {
                row(out, "  " + rare.replace('_', ' '), run, rare);
            }
        }
        row(out, "deferred to a later night", run, "deferred");
        line(out, "%-34s %12s", "credits spent", RunSummary.number(run.count("credits")));
        if (run.count("credits_uncertain") > 0) {
            line(
                    out,
                    "%-34s %12s",
                    "  and perhaps, by unknown outcomes",
                    RunSummary.number(run.count("credits_uncertain")));
        }
        if (run.prices().any()) {
            line(
                    out,
                    "%-34s %12s %s",
                    "  which cost",
                    Prices.shown(run.cost()),
                    run.prices().currency());
        }
        if (run.job().equals("remap")) {
            row(out, "answers read again", run, "remapped");
            row(out, "  that say something else now", run, "remap_changed");
            row(out, "  not understood, left as they were", run, "remap_kept");
        }
        row(out, "golden rows changed", run, "golden_changed");
        if (run.count("moved") > 0) {
            row(out, "  people with a new employer", run, "moved");
        }
        for (RunSummary.Fill fill : run.filled()) {
            line(
                    out,
                    "%-34s %11.1f%% -> %.1f%%",
                    "fields filled, " + fill.table(),
                    share(fill.before(), fill.cells()),
                    share(fill.after(), fill.cells()));
        }
        providers(out, run);
        accounts(out, run);
        quotas(out, run);
        line(out, "");
        StringBuilder steps = new StringBuilder("seconds: ");
        for (Map.Entry<String, Double> step : run.seconds().entrySet()) {
            steps.append(String.format(Locale.ROOT, "%s %.1f  ", step.getKey(), step.getValue()));
        }
        line(out, "%s", steps.toString().stripTrailing());
        run.notes().forEach(note -> line(out, "note: %s", note));
        return out.toString();
    }

    private static void providers(StringBuilder out, RunSummary run) {
        if (run.providers().isEmpty()) {
            return;
        }
        line(out, "");
        String row = "%-12s %8s %8s %8s %10s %9s %8s" + (run.prices().any() ? " %12s" : "%s");
        line(
                out,
                row,
                "provider",
                "calls",
                "answers",
                "matched",
                "not found",
                "credits",
                "refused",
                run.prices().any() ? "cost" : "");
        for (RunSummary.ProviderLine p : run.providers()) {
            line(
                    out,
                    row,
                    p.provider(),
                    p.calls(),
                    p.answers(),
                    p.matched(),
                    p.notFound(),
                    RunSummary.number(p.credits()),
                    p.refused(),
                    run.prices()
                            .cost(p.provider(), p.credits())
                            .map(Prices::shown)
                            .orElse(""));
        }
    }

    /** Our count beside the provider's, where the provider tells one. */
    private static void accounts(StringBuilder out, RunSummary run) {
        run.accounts().forEach(account -> account.byProvider()
                .ifPresent(credits -> line(
                        out,
                        "%s: credits %s, by the provider's account %s",
                        account.provider(),
                        RunSummary.number(account.byUs()),
                        RunSummary.number(credits))));
    }

    /** How much of each quota was used, and what calls waited for, where they waited at all. */
    private static void quotas(StringBuilder out, RunSummary run) {
        if (run.quotas().isEmpty()) {
            return;
        }
        line(out, "");
        line(out, "%-12s %10s %10s %7s  %s", "quota", "allowed", "used", "", "calls waited for");
        for (QuotaUse quota : run.quotas()) {
            boolean bounded = quota.allowed() > 0;
            line(
                    out,
                    "%-12s %10s %10s %7s  %s",
                    quota.provider(),
                    bounded ? RunSummary.number(quota.allowed()) : "no bound",
                    RunSummary.number(quota.sent()),
                    bounded
                            ? String.format(Locale.ROOT, "%.0f%%", Math.min(100, share(quota.sent(), quota.allowed())))
                            : "",
                    waits(quota));
        }
    }

    private static String waits(QuotaUse quota) {
        return new TreeMap<>(quota.stalledNanos())
                .entrySet().stream()
                        .filter(wait -> wait.getKey() != Stalls.Cause.NONE && wait.getKey() != Stalls.Cause.NO_WORK)
                        .filter(wait -> wait.getValue() >= 100_000_000)
                        .map(wait -> String.format(
                                Locale.ROOT, "%s %.1f s", wait.getKey().id().replace('_', ' '), wait.getValue() / 1e9))
                        .collect(Collectors.joining(", "));
    }

    private static void row(StringBuilder out, String label, RunSummary run, String name) {
        line(out, "%-34s %12s", label, RunSummary.number(run.count(name)));
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
