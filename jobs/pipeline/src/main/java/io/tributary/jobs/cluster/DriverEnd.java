package io.tributary.jobs.cluster;

import io.tributary.coordinator.QuotaDesk;
import io.tributary.credential.Grants;
import io.tributary.credential.KeySource;
import io.tributary.quota.Lease;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.api.plugin.DriverPlugin;

/**
 * The driver's end. Requests and answers are bytes: Spark may print a message that it can't deliver, and those hold keys.
 * Spark hands it one message at a time, so it answers at once: if something is not known yet, the executor asks again.
 */
public final class DriverEnd implements DriverPlugin {
    /** The one registry of a driver: what is open to the executors of a run. */
    private static final Map<String, Run> RUNS = new ConcurrentHashMap<>();

    private static final long PATIENCE_MILLIS = 100;

    private record Run(
            KeySource keys, QuotaDesk quotas, Turns turns, BooleanSupplier stands, Consumer<String> notices) {}

    /**
     * Opens a run to its executors.
     *
     * @param turns says which tasks may begin
     * @param stands whether the run may still ask: without that no executor hears of a part of a quota. Quick, on any thread
     * @param notices takes what executors think a person should know; on any thread
     * @return to be closed before what executors ask for is
     */
    public static Open open(
            String run,
            KeySource keys,
            QuotaDesk quotas,
            Turns turns,
            BooleanSupplier stands,
            Consumer<String> notices) {
        RUNS.put(run, new Run(keys, quotas, turns, stands, notices));
        return () -> RUNS.remove(run);
    }

    /** A run that its executors can reach; may be closed twice. */
    public interface Open extends AutoCloseable {
        @Override
        void close();
    }

    /** Which tasks may begin; any thread may ask. */
    public interface Turns {
        /**
         * Whether no earlier task is still at work on the same partition.
         *
         * @param attempt Spark's number of the task
         */
        boolean mayBegin(int stage, int partition, long attempt);
    }

    @Override
    public Object receive(Object message) throws IOException, InterruptedException {
        if (QuotaMessages.isReports((byte[]) message)) {
            return leases(QuotaMessages.reports((byte[]) message));
        }
        if (TurnMessages.isQuestion((byte[]) message)) {
            return turn(TurnMessages.question((byte[]) message));
        }
        KeyRequest request = KeyMessages.request((byte[]) message);
        Run run = RUNS.get(request.run());
        if (run == null) {
            return KeyMessages.fault("run " + request.run() + " is not at work on this driver");
        }
        KeySource keys = run.keys();
        try {
            return switch (request.kind()) {
                case GRANTS -> answer(keys.grants(request.provider()));
                case REFUSED -> answer(keys.refused(request.provider(), request.ticket()));
                case USED -> {
                    keys.used(request.provider(), request.uses());
                    yield KeyMessages.done();
                }
                case NOTICE -> {
                    run.notices().accept(request.text());
                    yield KeyMessages.done();
                }
            };
        } catch (IllegalArgumentException unknownProvider) {
            return KeyMessages.fault(unknownProvider.getMessage());
        }
    }

    private static byte[] turn(TurnMessages.Question question) throws IOException {
        Run run = RUNS.get(question.run());
        return run == null
                ? KeyMessages.fault("run " + question.run() + " is not at work on this driver")
                : TurnMessages.answer(run.turns().mayBegin(question.stage(), question.partition(), question.attempt()));
    }

    private static byte[] leases(QuotaMessages.Reports all) throws IOException {
        Run run = RUNS.get(all.run());
        if (run == null) {
            return KeyMessages.fault("run " + all.run() + " is not at work on this driver");
        }
        Map<String, Lease> leases = new TreeMap<>();
        if (!run.stands().getAsBoolean()) {
            return QuotaMessages.leases(leases);
        }
        all.reports().forEach((provider, report) -> run.quotas()
                .report(all.executor(), provider, report)
                .ifPresent(lease -> leases.put(provider, lease)));
        return QuotaMessages.leases(leases);
    }

    private static byte[] answer(CompletionStage<Grants> grants) throws IOException, InterruptedException {
        try {
            return KeyMessages.grants(grants.toCompletableFuture().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return KeyMessages.notYet();
        } catch (ExecutionException e) {
            return KeyMessages.fault(String.valueOf(e.getCause().getMessage()));
        }
    }
}
