package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.tributary.call.MatchWatch;
import io.tributary.coordinator.QuotaUse;
import io.tributary.credential.KeyReport;
import io.tributary.jobs.ask.AccountChange;
import io.tributary.jobs.ask.NotAnswered;
import io.tributary.jobs.golden.GoldenStep;
import io.tributary.jobs.harvest.HarvestStep;
import io.tributary.jobs.remap.RemapStep;
import io.tributary.jobs.report.AccountLine;
import io.tributary.jobs.report.LookedAt;
import io.tributary.jobs.report.RunSummary;
import io.tributary.settings.Prices;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleBiFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Collects what a run does, step by step, for its summary. For one thread, but for notes. */
final class RunLog {
    private final String runId;
    private final Instant asOf;
    private final Instant started;
    private final Clock clock;
    private final Runnable permission;
    private final Map<String, Double> counts = new TreeMap<>();
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final List<RunSummary.Fill> filled = new ArrayList<>();
    private final Map<String, RunSummary.ProviderLine> providers = new TreeMap<>();
    private final List<KeyReport> keys = new ArrayList<>();
    private final List<QuotaUse> quotas = new ArrayList<>();
    private final List<AccountChange> accounts = new ArrayList<>();
    private final Map<String, Double> uncertain = new TreeMap<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private Prices prices = Prices.NONE;
    private Optional<LookedAt> lookedAt = Optional.empty();
    private boolean counted;
    private String step = "start";

    /** @param permission throws if the run may not go on; asked before each step and when one failed */
    RunLog(String runId, Instant asOf, Instant started, Clock clock, Runnable permission) {
        this.runId = runId;
        this.asOf = asOf;
        this.started = started;
        this.clock = clock;
        this.permission = permission;
    }

    /** A step that may fail. */
    interface Step<T> {
        T run() throws IOException;
    }

    <T> T time(String step, Step<T> action) throws IOException {
        permission.run();
        this.step = step;
        Instant from = clock.instant();
        try {
            return action.run();
        } catch (RuntimeException e) {
            permission.run();
            throw e;
        } finally {
            seconds.merge(step, Duration.between(from, clock.instant()).toMillis() / 1000.0, Double::sum);
        }
    }

    /** What a person must know, once; on any thread. */
    void note(String sentence) {
        if (!notes.contains(sentence)) {
            notes.add(sentence);
        }
    }

    void keys(List<KeyReport> used) {
        keys.addAll(used);
    }

    void quotas(List<QuotaUse> used) {
        quotas.addAll(used);
        used.stream()
                .filter(quota -> quota.others() > 0)
                .forEach(quota -> note(String.format(
                        Locale.ROOT,
                        "%s: its headers counted up to %,d calls in one window that were not this pipeline's: somebody else uses"
                                + " the account. What they use is left to them",
                        quota.provider(),
                        quota.others())));
    }

    void accounts(List<AccountChange> told) {
        accounts.addAll(told);
    }

    void prices(Prices known) {
        prices = known;
    }

    void read(long rows, long rejected) {
        counts.put("rows_read", (double) rows);
        counts.put("rows_rejected", (double) rejected);
    }

    void planned(Dataset<Row> planned) {
        planned.groupBy(col("decision")).count().collectAsList().forEach(row -> {
            counts.merge("keys", (double) row.getLong(1), Double::sum);
            switch (row.getString(0)) {
                case "CACHE_HIT" -> counts.put("cache_hits", (double) row.getLong(1));
                case "NEGATIVE_HIT" -> counts.put("negative_hits", (double) row.getLong(1));
                case "WORK" -> counts.put("work", (double) row.getLong(1));
                case "DEFERRED" -> counts.put("deferred", (double) row.getLong(1));
                default -> {}
            }
        });
    }

    /** What later rounds of the budget asked counts as work. */
    void rounds(int rounds, Dataset<Row> carriedOut) {
        counts.put("budget_rounds", (double) rounds);
        if (rounds > 1) {
            for (String count : List.of("keys", "work", "deferred")) {
                counts.remove(count);
            }
            planned(carriedOut);
        }
    }

    /**
     * Counts what this run tried.
     *
     * @param worst the most that one ask can cost, by provider and operation
     */
    void tried(List<HarvestStep.Tried> tried, ToDoubleBiFunction<String, String> worst) {
        for (HarvestStep.Tried one : tried) {
            if (one.run().equals(runId)) {
                counts.merge("calls", (double) one.calls(), Double::sum);
                counts.merge("refused_429", (double) one.refused(), Double::sum);
                counts.merge("repeats", (double) one.repeats(), Double::sum);
                if (one.late() > 0) {
                    uncertain(one.provider(), one.late() * worst.applyAsDouble(one.provider(), one.operation()));
                }
                add(new RunSummary.ProviderLine(one.provider(), one.calls(), 0, 0, 0, 0, one.refused()));
            }
        }
    }

    /**
     * Counts the answers of this run, from history.
     *
     * @param worst the most that one ask can cost, by provider and operation
     */
    void answers(Dataset<Row> history, ToDoubleBiFunction<String, String> worst) {
        String answered = "outcome IN ('MATCHED', 'PARTIAL', 'NOT_FOUND', 'REJECTED', 'SUPPRESSED')";
        // By key first: what was pending and then answered in the same run waits no more.
        Dataset<Row> asked = history.where(col("carried_by").isNull());
        counts.put(
                "carried", (double) history.where(col("carried_by").isNotNull()).count());
        asked.groupBy(col("provider"), col("operation"), col("lookup_key"))
                .agg(
                        expr("sum(int(" + answered + ")) AS answers"),
                        expr("sum(int(outcome = 'MATCHED')) AS matched"),
                        expr("sum(int(outcome = 'PARTIAL')) AS partial"),
                        expr("sum(int(outcome = 'NOT_FOUND')) AS not_found"),
                        expr("sum(int(outcome = 'REJECTED')) AS rejected"),
                        expr("sum(int(outcome = 'FAILED')) AS failed"),
                        expr("max(int(outcome = 'PENDING')) * (1 - max(int(" + answered + "))) AS pending"),
                        expr("sum(int(outcome = 'UNKNOWN')) AS unknown"),
                        expr("sum(credits) AS credits"),
                        // What a job that is gone cost was known when it was accepted.
                        expr("sum(int(outcome = 'UNKNOWN' AND coalesce(job_id, '') = '')) AS uncertain"),
                        expr("sum(int(reason = '" + MatchWatch.FELL + "')) AS fell"))
                .groupBy(col("provider"), col("operation"))
                .agg(
                        expr("sum(answers)"),
                        expr("sum(matched)"),
                        expr("sum(partial)"),
                        expr("sum(not_found)"),
                        expr("sum(rejected)"),
                        expr("sum(failed)"),
                        expr("sum(pending)"),
                        expr("sum(unknown)"),
                        expr("sum(credits)"),
                        expr("sum(uncertain)"),
                        expr("sum(fell)"))
                .collectAsList()
                .forEach(row -> answers(row, worst));
        counted = true;
    }

    /** Counts the keys that were planned and stay open. */
    void open(List<NotAnswered> open) {
        for (NotAnswered some : open) {
            counts.merge("deferred", (double) some.keys(), Double::sum);
            notes.add(String.format(Locale.ROOT, "%,d keys of the plan stay open: %s", some.keys(), some.reason()));
        }
    }

    private void answers(Row row, ToDoubleBiFunction<String, String> worst) {
        List<String> names =
                List.of("answers", "matched", "partial", "not_found", "rejected", "failed", "pending", "unknown");
        for (int i = 0; i < names.size(); i++) {
            counts.merge(names.get(i), (double) row.getLong(i + 2), Double::sum);
        }
        double credits = row.getDouble(10);
        counts.merge("credits", credits, Double::sum);
        String name = row.getString(0);
        if (row.getLong(11) > 0) {
            uncertain(name, row.getLong(11) * worst.applyAsDouble(name, row.getString(1)));
        }
        if (row.getLong(12) > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%s found far fewer than in its past and was switched off; its %,d \"not found\" of this run are not"
                            + " believed and come again. If they are right: --set providers.%s.match-rate-guard=false",
                    name,
                    row.getLong(12),
                    name));
        }
        add(new RunSummary.ProviderLine(
                name, 0, row.getLong(2), row.getLong(3) + row.getLong(4), row.getLong(5), credits, 0));
    }

    private void uncertain(String provider, double credits) {
        counts.merge("credits_uncertain", credits, Double::sum);
        uncertain.merge(provider, credits, Double::sum);
    }

    private void add(RunSummary.ProviderLine line) {
        providers.merge(line.provider(), line, RunSummary.ProviderLine::plus);
    }

    /** Counts what was read again. */
    void remapped(RemapStep.Result result) {
        counts.merge("remapped", (double) result.read(), Double::sum);
        counts.merge("remap_changed", (double) (result.changed() + result.carried()), Double::sum);
        counts.merge("remap_kept", (double) result.kept(), Double::sum);
    }

    void merged(String table, GoldenStep.Result result) {
        counts.merge("golden_changed", (double) result.changed(), Double::sum);
        counts.merge("moved", (double) result.moved(), Double::sum);
        filled.add(new RunSummary.Fill(table, result.filledBefore(), result.filledAfter(), result.cells()));
    }

    /**
     * What a night looked at, once all is merged.
     *
     * @param unchanged golden rows that it passed over
     */
    void lookedAt(LookedAt looked, long unchanged) {
        lookedAt = Optional.of(looked);
        counts.put("unchanged", (double) unchanged);
        if (looked.all() && !looked.because().equals(Looking.FIRST)) {
            note("all records were looked at: " + looked.because());
        }
    }

    String runId() {
        return runId;
    }

    Instant asOf() {
        return asOf;
    }

    Instant started() {
        return started;
    }

    /** The summary of a run that refused to go on. */
    RunSummary stopped(String reason) {
        notes.add("stopped: " + reason);
        return summary(RunSummary.Status.STOPPED);
    }

    /** The summary of a run that was asked to stop. */
    RunSummary cutShort() {
        note("asked to stop, in step " + step
                + ": nothing more was asked. What was answered is in the journal, and the"
                + " next run harvests it; the rest is deferred to it");
        return summary(RunSummary.Status.DEFERRED);
    }

    /** The summary of a run that broke: the kinds of the faults only, for their messages may quote a record. */
    RunSummary failed(Throwable fault) {
        StringBuilder kinds = new StringBuilder();
        Throwable at = fault;
        for (int depth = 0; at != null && depth < 5; depth++, at = at.getCause()) {
            kinds.append(depth == 0 ? "" : ", caused by ").append(at.getClass().getName());
        }
        notes.add("failed in step " + step + ": " + kinds + "; the log has the whole message");
        return summary(RunSummary.Status.FAILED);
    }

    /** The summary of a run whose process died, as its journal and its work list tell it. */
    RunSummary died() {
        return summary(RunSummary.Status.FAILED);
    }

    /** What came into history without having been asked for. */
    void imported(long answers, long known) {
        counts.put("answers", (double) answers);
        counts.put("matched", (double) answers);
        if (known > 0) {
            note(String.format(Locale.ROOT, "%,d answers were in history already and are not added again", known));
        }
    }

    void planned(long work, long deferred) {
        counts.put("work", (double) work);
        counts.put("deferred", (double) deferred);
    }

    /** The summary of a run that did all. */
    RunSummary summary() {
        notes.addAll(Reconciliation.notes(accountLines(), uncertain));
        double deferred = counts.getOrDefault("deferred", 0.0);
        if (deferred > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%,.0f keys are deferred to a later night; enrichment_reason in the golden tables says why",
                    deferred));
        }
        return summary(deferred > 0 ? RunSummary.Status.DEFERRED : RunSummary.Status.DONE);
    }

    /** None before the answers are counted: an account would stand beside nothing. */
    private List<AccountLine> accountLines() {
        return counted ? Reconciliation.lines(accounts, providers) : List.of();
    }

    private RunSummary summary(RunSummary.Status status) {
        return new RunSummary(
                runId,
                Job.ofRun(runId).id(),
                status,
                asOf,
                started,
                clock.instant(),
                counts,
                filled,
                List.copyOf(providers.values()),
                keys,
                quotas,
                accountLines(),
                prices,
                seconds,
                lookedAt,
                notes);
    }
}
