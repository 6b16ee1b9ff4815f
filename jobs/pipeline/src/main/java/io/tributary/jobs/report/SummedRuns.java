package io.tributary.jobs.report;

import io.tributary.coordinator.QuotaUse;
import io.tributary.credential.KeyReport;
import io.tributary.quota.Stalls;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Several runs that did one thing, as one. */
public final class SummedRuns {
    /** Runs of a long backfill tell much the same. */
    private static final int NOTES = 20;

    private SummedRuns() {}

    /**
     * The sum.
     *
     * @param id what they are called together
     * @param runs one or more, in their order, of different records
     * @param left keys that none of them came to
     */
    public static RunSummary of(String id, List<RunSummary> runs, long left) {
        RunSummary first = runs.get(0);
        RunSummary last = runs.get(runs.size() - 1);
        if (runs.size() == 1 && left == 0) {
            return first;
        }
        Map<String, Double> counts = new TreeMap<>();
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (RunSummary run : runs) {
            run.counts()
                    .forEach((name, count) ->
                            counts.merge(name, count, name.equals("budget_rounds") ? Math::max : Double::sum));
            run.seconds().forEach((step, some) -> seconds.merge(step, some, Double::sum));
        }
        if (left > 0) {
            counts.merge("deferred", (double) left, Double::sum);
        }
        return new RunSummary(
                id,
                first.job(),
                runs.stream()
                        .map(RunSummary::status)
                        .reduce(left > 0 ? RunSummary.Status.DEFERRED : RunSummary.Status.DONE, SummedRuns::graver),
                first.asOf(),
                first.startedAt(),
                last.finishedAt(),
                counts,
                merged(runs, RunSummary::filled, RunSummary.Fill::table, SummedRuns::plus),
                merged(runs, RunSummary::providers, RunSummary.ProviderLine::provider, RunSummary.ProviderLine::plus),
                merged(runs, RunSummary::keys, key -> key.provider() + " " + key.reference(), SummedRuns::plus),
                merged(runs, RunSummary::quotas, QuotaUse::provider, SummedRuns::plus),
                merged(runs, RunSummary::accounts, AccountLine::provider, SummedRuns::plus),
                first.prices(),
                seconds,
                Optional.empty(),
                notes(runs, left));
    }

    private static RunSummary.Status graver(RunSummary.Status one, RunSummary.Status other) {
        List<RunSummary.Status> byGravity = List.of(
                RunSummary.Status.DONE,
                RunSummary.Status.DEFERRED,
                RunSummary.Status.STOPPED,
                RunSummary.Status.FAILED);
        return byGravity.indexOf(one) >= byGravity.indexOf(other) ? one : other;
    }

    private static <T> List<T> merged(
            List<RunSummary> runs,
            Function<RunSummary, List<T>> lines,
            Function<T, String> name,
            BinaryOperator<T> plus) {
        Map<String, T> merged = new LinkedHashMap<>();
        runs.stream()
                .map(lines)
                .flatMap(Collection::stream)
                .forEach(line -> merged.merge(name.apply(line), line, plus));
        return List.copyOf(merged.values());
    }

    private static RunSummary.Fill plus(RunSummary.Fill one, RunSummary.Fill other) {
        return new RunSummary.Fill(
                one.table(), one.before() + other.before(), one.after() + other.after(), one.cells() + other.cells());
    }

    private static KeyReport plus(KeyReport one, KeyReport later) {
        return new KeyReport(
                one.provider(),
                one.reference(),
                later.live(),
                later.reason(),
                one.calls() + later.calls(),
                one.refused() + later.refused(),
                Math.max(one.lastMillis(), later.lastMillis()));
    }

    private static QuotaUse plus(QuotaUse one, QuotaUse other) {
        Map<Stalls.Cause, Long> stalled = new EnumMap<>(Stalls.Cause.class);
        one.stalledNanos().forEach((cause, nanos) -> stalled.merge(cause, nanos, Long::sum));
        other.stalledNanos().forEach((cause, nanos) -> stalled.merge(cause, nanos, Long::sum));
        return new QuotaUse(
                one.provider(),
                one.allowed() < 0 || other.allowed() < 0 ? -1 : one.allowed() + other.allowed(),
                one.sent() + other.sent(),
                one.refused() + other.refused(),
                stalled,
                Math.max(one.others(), other.others()));
    }

    private static AccountLine plus(AccountLine one, AccountLine later) {
        return new AccountLine(
                one.provider(),
                one.before(),
                later.after(),
                one.byProvider().isPresent() && later.byProvider().isPresent()
                        ? OptionalDouble.of(one.byProvider().getAsDouble()
                                + later.byProvider().getAsDouble())
                        : OptionalDouble.empty(),
                one.byUs() + later.byUs());
    }

    private static List<String> notes(List<RunSummary> runs, long left) {
        Set<String> all = new LinkedHashSet<>();
        runs.forEach(run -> all.addAll(run.notes()));
        List<String> notes = new ArrayList<>(all.stream().limit(NOTES).toList());
        if (all.size() > NOTES) {
            notes.add((all.size() - NOTES) + " more notes are in the table runs");
        }
        if (runs.size() > 1) {
            notes.add("in " + runs.size() + " chunks, of which each has its row in the table runs");
        }
        if (left > 0) {
            notes.add(String.format(Locale.ROOT, "%,d keys are in chunks that were not begun", left));
        }
        return notes;
    }
}
