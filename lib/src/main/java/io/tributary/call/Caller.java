package io.tributary.call;

import io.tributary.journal.Entry;
import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.model.Outcome;
import io.tributary.provider.Ask;
import io.tributary.provider.Operation;
import io.tributary.provider.Pending;
import io.tributary.provider.ReAsk;
import io.tributary.quota.Budget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;

/**
 * Asks one provider on behalf of one task: what an earlier attempt already answered is not asked again, and asks of one
 * operation travel together as far as it takes batches. Confined to the event loop.
 */
final class Caller {
    private final CallStack.Parts parts;
    private final ProviderPort port;
    private final Answered answered;
    private final CallStack stack;
    private final Map<Batch, List<Item>> batches = new HashMap<>();

    Caller(CallStack.Parts parts, ProviderPort port, Lane lane, Budget budget, Answered answered) {
        this.parts = parts;
        this.port = port;
        this.answered = answered;
        this.stack = CallStack.assemble(parts, lane, budget, port);
    }

    Optional<Operation> operationFor(EntityKind entity, Identifiers inputs) {
        return port.operationFor(entity, inputs);
    }

    /** How an answer that is pending is fetched; empty if it can't be. */
    Optional<Operation> resumption(Pending pending) {
        return port.resumption(pending);
    }

    /** Completes with the provider's last word; exceptionally only if the journal or our own code failed. */
    CompletableFuture<ProviderResult> ask(Operation operation, Ask ask) {
        Item item = new Item(operation, ask);
        Optional<Entry> before = answered.ended(item.entryKey());
        Optional<ProviderResult> replayed = before.filter(entry -> isSettled(entry.outcome()))
                .map(entry -> replayed(operation, entry))
                // Whoever knows that it is pending wants to look again.
                .filter(result ->
                        result.pending().isEmpty() || !result.pending().equals(ask.pending()));
        if (replayed.isPresent()) {
            return CompletableFuture.completedFuture(replayed.get());
        }
        boolean mayHaveBeenBought = answered.isUnresolved(item.entryKey())
                || before.filter(entry -> entry.outcome() == Outcome.UNKNOWN).isPresent();
        if (mayHaveBeenBought) {
            if (operation.reAsk(port.reAsk()) == ReAsk.HOLD) {
                return CompletableFuture.completedFuture(
                        ProviderResult.notAsked(port.name(), operation.name(), Outcome.UNKNOWN, "held_for_a_person"));
            }
            item.mayRepeat();
        }
        if (operation.batchSize() == 1) {
            stack.submit(Flight.of(List.of(item)));
        } else {
            collect(item);
        }
        return item.result();
    }

    void stop() {
        // First, so that what was collected is refused and lets nothing out that waits.
        stack.stop();
        List.copyOf(batches.keySet()).forEach(this::flush);
    }

    private static boolean isSettled(Outcome outcome) {
        return outcome.isAnswer() || outcome == Outcome.PENDING;
    }

    /** What may travel together: asks of one operation, and where a job is asked for, of that job. */
    private record Batch(Operation operation, Optional<Pending> pending) {}

    private void collect(Item item) {
        Batch batch = new Batch(item.operation(), item.ask().pending());
        List<Item> items = batches.computeIfAbsent(batch, b -> new ArrayList<>());
        items.add(item);
        if (items.size() >= batch.operation().batchSize()) {
            flush(batch);
        } else if (items.size() == 1) {
            parts.loop().schedule(parts.settings().batchLinger(), () -> flushIf(batch, items));
        }
    }

    private void flushIf(Batch batch, List<Item> items) {
        if (batches.get(batch) == items) {
            flush(batch);
        }
    }

    private void flush(Batch batch) {
        List<Item> items = batches.remove(batch);
        if (items != null) {
            stack.submit(Flight.of(items));
        }
    }

    private ProviderResult replayed(Operation operation, Entry entry) {
        return new ProviderResult(
                port.name(),
                operation.name(),
                entry.outcome(),
                entry.reason(),
                ProviderResult.Source.REPLAYED,
                0,
                Double.isNaN(entry.confidence()) ? OptionalDouble.empty() : OptionalDouble.of(entry.confidence()),
                false,
                entry.outcome() == Outcome.PENDING
                        ? Optional.of(new Pending(operation.name(), entry.jobId()))
                        : Optional.empty(),
                Entries.profiles(entry));
    }
}
