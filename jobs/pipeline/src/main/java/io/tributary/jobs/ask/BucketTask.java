package io.tributary.jobs.ask;

import com.google.common.collect.Iterators;
import com.google.common.collect.PeekingIterator;
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
import io.tributary.provider.Operation;
import io.tributary.provider.Pending;
import io.tributary.provider.ProviderSpec;
import io.tributary.provider.ReAsk;
import io.tributary.quota.Budget;
import io.tributary.wanted.WantedFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/**
 * Works one bucket: reads what earlier attempts of it already did, asks the rest, and leaves every answer in the journal.
 * Its output is what {@link RoundEnd} reads; the answers themselves are in the journal only.
 */
final class BucketTask implements FlatMapFunction<Iterator<Row>, Row> {
    private static final long serialVersionUID = 1L;

    private final AskPlan plan;

    private final Slices slices;

    private final MatchRates rates;

    /** Whether credits have a cap, and another round may follow, which then asks of the keys that go on. */
    private final boolean rounds;

    /** For the progress line only: a task that is tried again counts twice here, and nowhere else. */
    private final LongAccumulator done;

    BucketTask(AskPlan plan, Slices slices, MatchRates rates, boolean rounds, LongAccumulator done) {
        this.plan = plan;
        this.slices = slices;
        this.rates = rates;
        this.rounds = rounds;
        this.done = done;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> partition) throws IOException {
        if (!partition.hasNext()) {
            return List.<Row>of().iterator();
        }
        PeekingIterator<Row> rows = Iterators.peekingIterator(partition);
        int bucket = rows.peek().getAs("bucket");
        Engine engine = Engine.of(plan);
        Turn.await(TaskContext.get(), engine.turns());
        Configuration hadoop = new Configuration();
        plan.hadoop().forEach(hadoop::set);
        HadoopJournalStore store = new HadoopJournalStore(hadoop, plan.journal());
        Replay before = Replay.of(store, plan.runId(), bucket);
        Answered answered = Answered.by(before);
        RoundEnd.Bucket end = new RoundEnd.Bucket(bucket, rounds, plan.calls().partialSatisfies());
        Map<String, String> openBefore = new HashMap<>();
        SegmentPath first =
                new SegmentPath(plan.runId(), bucket, TaskContext.get().taskAttemptId(), 0);

        List<Waterfall.Source> sources = sources(engine, slices.of(bucket), before);
        JournalWriter writer = new JournalWriter(store, first, plan.flush());
        try (JournalLog journal = new JournalLog(writer, plan.flush(), System::nanoTime, JournalLog.DEFAULT_LINGER);
                ScheduledLoop loop = new ScheduledLoop("tributary-bucket-" + bucket, engine.clock());
                Waterfall waterfall = new Waterfall(
                        loop,
                        engine.transport(),
                        journal,
                        sources,
                        answered,
                        plan.calls(),
                        () -> ThreadLocalRandom.current().nextDouble())) {
            KeyResults results = waterfall.results(
                    new Questions(rows, bucket, openBefore, plan.catalog().wanted()));
            while (results.hasNext()) {
                KeyResult result = results.next();
                end.add(result, openBefore.remove(result.key().text()));
                done.add(1);
            }
        } finally {
            engine.report();
        }
        sources.forEach(source -> end.spent(
                source.port().name(),
                mayHaveSpent(before, source.port().name()) + source.budget().spent()));
        return end.rows();
    }

    private static Question question(WorkRow row, WantedFields wanted) {
        Map<String, Long> epochs = new LinkedHashMap<>();
        Map<String, Pending> pending = new LinkedHashMap<>();
        row.asks().forEach(ask -> {
            epochs.put(ask.provider(), ask.epoch());
            ask.pending().ifPresent(accepted -> pending.put(ask.provider(), accepted));
        });
        return new Question(
                row.key(),
                row.inputs(),
                List.copyOf(epochs.keySet()),
                epochs,
                pending,
                wanted.of(row.key().kind().entity()).only(row.missing()));
    }

    /**
     * Under a cap the task's slice of each budget is what was reserved for its asks of this round, so together they never pass
     * the cap; what earlier attempts of the round spent of it, or may have, is gone. Without one nothing needs to be left open
     * because an earlier attempt may have spent its credits.
     */
    private List<Waterfall.Source> sources(Engine engine, Slices.Bucket slice, Replay before) {
        List<Waterfall.Source> sources = new ArrayList<>();
        slice.worst().forEach((provider, worst) -> {
            ProviderSpec spec = plan.catalog().spec(provider);
            ProviderText text = plan.catalog().texts().get(provider);
            sources.add(new Waterfall.Source(
                    ProviderPort.of(spec, text.windows(), text.reAsk(), text.maxInFlight()),
                    engine.lane(provider, rates.of(provider)),
                    rounds
                            ? Budget.ofRound(slice.before(provider), worst, mayHaveSpent(before, provider))
                            : Budget.unlimited()));
        });
        return sources;
    }

    private double mayHaveSpent(Replay before, String provider) {
        ProviderSpec spec = plan.catalog().spec(provider);
        ReAsk reAsk = plan.catalog().reAsk(provider);
        return before.mayHaveSpent(provider, spec::worstCaseCredits, name -> spec.operation(name)
                .filter(operation -> operation.reAsk(reAsk) != ReAsk.FREE)
                .map(Operation::worstCaseCredits)
                .orElse(0.0));
    }

    /** The rows as questions, one at a time: a bucket may hold more rows than memory. */
    private record Questions(Iterator<Row> rows, int bucket, Map<String, String> openBefore, WantedFields wanted)
            implements Iterator<Question> {
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
            String open = row.getAs("open_reason");
            if (!open.isEmpty()) {
                openBefore.put(row.getAs("lookup_key"), open);
            }
            return question(WorkRow.of(row), wanted);
        }
    }
}
