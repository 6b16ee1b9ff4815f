package io.tributary.jobs.ask;

import io.tributary.call.Answered;
import io.tributary.call.JournalLog;
import io.tributary.call.KeyResult;
import io.tributary.call.KeyResults;
import io.tributary.call.ProviderPort;
import io.tributary.call.Question;
import io.tributary.call.ScheduledLoop;
import io.tributary.call.Waterfall;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.plan.WorkRow;
import io.tributary.journal.JournalWriter;
import io.tributary.journal.Replay;
import io.tributary.journal.SegmentPath;
import io.tributary.provider.Pending;
import io.tributary.provider.ProviderSpec;
import io.tributary.quota.Budget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/**
 * Works one bucket: reads what earlier attempts of it already did, asks the rest, and leaves every answer in the journal.
 * Its output is how many keys stay open, and why; the answers themselves are in the journal only.
 */
final class BucketTask implements FlatMapFunction<Iterator<Row>, NotAnswered> {
    private static final long serialVersionUID = 1L;

    private final AskPlan plan;

    private final Slices slices;

    private final MatchRates rates;

    /** For the progress line only: a task that is tried again counts twice here, and nowhere else. */
    private final LongAccumulator done;

    BucketTask(AskPlan plan, Slices slices, MatchRates rates, LongAccumulator done) {
        this.plan = plan;
        this.slices = slices;
        this.rates = rates;
        this.done = done;
    }

    @Override
    public Iterator<NotAnswered> call(Iterator<Row> rows) throws IOException {
        if (!rows.hasNext()) {
            return List.<NotAnswered>of().iterator();
        }
        int bucket = TaskContext.getPartitionId();
        Engine engine = Engine.of(plan);
        Configuration hadoop = new Configuration();
        plan.hadoop().forEach(hadoop::set);
        HadoopJournalStore store = new HadoopJournalStore(hadoop, plan.journal());
        Replay before = Replay.of(store, plan.runId(), bucket);
        Answered answered = Answered.by(before);
        Map<String, Long> open = new TreeMap<>();
        SegmentPath first =
                new SegmentPath(plan.runId(), bucket, TaskContext.get().taskAttemptId(), 0);

        List<Waterfall.Source> sources = sources(engine, slices.of(bucket), before);
        JournalWriter writer = new JournalWriter(store, first, plan.flush());
        try (JournalLog journal = new JournalLog(writer, plan.flush(), engine.clock(), JournalLog.DEFAULT_LINGER);
                ScheduledLoop loop = new ScheduledLoop("tributary-bucket-" + bucket, engine.clock());
                Waterfall waterfall = new Waterfall(
                        loop,
                        engine.transport(),
                        journal,
                        sources,
                        answered,
                        plan.calls(),
                        () -> ThreadLocalRandom.current().nextDouble())) {
            KeyResults results = waterfall.results(new Questions(rows, bucket));
            while (results.hasNext()) {
                KeyResult result = results.next();
                if (result.disposition() == KeyResult.Disposition.DEFERRED) {
                    open.merge(result.reason(), 1L, Long::sum);
                }
                done.add(1);
            }
        } finally {
            engine.report();
        }
        return open.entrySet().stream()
                .map(reason -> new NotAnswered(reason.getKey(), reason.getValue()))
                .iterator();
    }

    private static Question question(WorkRow row) {
        Map<String, Long> epochs = new LinkedHashMap<>();
        Map<String, Pending> pending = new LinkedHashMap<>();
        row.asks().forEach(ask -> {
            epochs.put(ask.provider(), ask.epoch());
            ask.pending().ifPresent(accepted -> pending.put(ask.provider(), accepted));
        });
        return new Question(row.key(), row.inputs(), List.copyOf(epochs.keySet()), epochs, pending);
    }

    /**
     * The task's slice of each budget is what the plan reserved for its asks, so together they never pass the cap; what
     * earlier attempts spent of it, or may have, is gone.
     */
    private List<Waterfall.Source> sources(Engine engine, Map<String, Double> slices, Replay before) {
        List<Waterfall.Source> sources = new ArrayList<>();
        slices.forEach((provider, slice) -> {
            ProviderSpec spec = plan.catalog().spec(provider);
            ProviderText text = plan.catalog().texts().get(provider);
            sources.add(new Waterfall.Source(
                    ProviderPort.of(spec, text.windows(), text.reAsk(), text.maxInFlight()),
                    engine.lane(provider, rates.of(provider)),
                    new Budget(Math.max(0, slice - before.mayHaveSpent(provider, spec::worstCaseCredits)))));
        });
        return sources;
    }

    /** The rows as questions, one at a time: a bucket may hold more rows than memory. */
    private record Questions(Iterator<Row> rows, int bucket) implements Iterator<Question> {
        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public Question next() {
            Row row = rows.next();
            // The journal of an earlier attempt is found by the bucket: a row elsewhere would be paid again.
            if (row.<Integer>getAs("bucket") != bucket) {
                throw new IllegalStateException("a row of another bucket reached the task of bucket " + bucket);
            }
            return question(WorkRow.of(row));
        }
    }
}
