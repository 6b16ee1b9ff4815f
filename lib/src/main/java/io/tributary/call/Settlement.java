package io.tributary.call;

import io.tributary.journal.Entry;
import io.tributary.model.EntityKind;
import io.tributary.model.Outcome;
import io.tributary.model.Profile;
import io.tributary.provider.ItemReading;
import io.tributary.provider.Operation;
import io.tributary.provider.Pending;
import io.tributary.provider.ReAsk;
import io.tributary.quota.Budget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Writes down what asks came to, settles their credits, and then tells whoever waits: nobody hears of anything that is not
 * in the journal. Confined to the event loop.
 */
final class Settlement {
    private final EventLoop loop;
    private final CallLog log;
    private final Budget budget;
    private final ProviderPort port;
    private final Runnable budgetMoved;
    private final Handover<Taken> taken;

    /** @param budgetMoved is told when credits were given back or spent */
    Settlement(EventLoop loop, CallLog log, Budget budget, ProviderPort port, Runnable budgetMoved) {
        this.loop = loop;
        this.log = log;
        this.budget = budget;
        this.port = port;
        this.budgetMoved = budgetMoved;
        this.taken = new Handover<>(loop, Settlement::taken);
    }

    /** What goes on once its entries are taken, or is cut off if they can't be. */
    private record Taken(List<Item> items, Runnable then) {}

    /** An item and what the provider said of it. */
    record Answer(Item item, ItemReading reading) {}

    /** Answers of the provider, all of one response. */
    void answered(List<Answer> answers, Entries.Try with, Entries.Body body) {
        List<Entry> entries = new ArrayList<>();
        for (Answer answer : answers) {
            Item item = answer.item();
            ItemReading read = answer.reading();
            entries.add(Entries.answer(item, read, with, body.at(read.bodyPath())));
            boolean mayBeBought = read.outcome() == Outcome.UNKNOWN;
            settle(item, mayBeBought ? item.operation().worstCaseCredits() : read.credits());
        }
        journal(
                answers.stream().map(Answer::item).toList(),
                entries,
                () -> answers.forEach(answer -> complete(answer.item(), result(answer.item(), answer.reading()))));
        budgetMoved.run();
    }

    /** A try that another follows. */
    void tried(Flight next, Outcome outcome, String reason, Entries.Try with, String body, Runnable then) {
        List<Entry> entries = next.items().stream()
                .map(item -> Entries.failure(item, outcome, reason, false, with, body))
                .toList();
        journal(next.items(), entries, then);
    }

    /** It may have been bought, and is asked for once more: what it may have cost is gone, unless asking again is free. */
    void mayRepeat(Flight flight) {
        flight.items().forEach(item -> {
            item.mayRepeat();
            if (reAsk(item.operation()) != ReAsk.FREE) {
                settle(item, item.operation().worstCaseCredits());
            }
        });
    }

    /** The last word on these asks. */
    void end(Flight flight, Outcome outcome, String reason, Entries.Try with, String body) {
        List<Entry> entries = flight.items().stream()
                .map(item -> Entries.failure(item, last(item, outcome), reason, true, with, body))
                .toList();
        flight.items().forEach(item -> {
            // An earlier unknown try took its worst case from the budget already, unless asking again is free.
            boolean unpaid =
                    outcome == Outcome.UNKNOWN || (item.repeatPossible() && reAsk(item.operation()) == ReAsk.FREE);
            settle(item, unpaid ? item.operation().worstCaseCredits() : 0);
        });
        journal(flight.items(), entries, () -> flight.items()
                .forEach(item -> complete(item, result(item, last(item, outcome), reason))));
        budgetMoved.run();
    }

    /** What may be done when the outcome of such an ask is unknown. */
    ReAsk reAsk(Operation operation) {
        return operation.reAsk(port.reAsk());
    }

    /** A later failure doesn't undo that an earlier try may have bought something. */
    private static Outcome last(Item item, Outcome outcome) {
        return item.repeatPossible() ? Outcome.UNKNOWN : outcome;
    }

    /** Goes on once the entries are taken; whoever waits for these items hears of it if they can't be. */
    private void journal(List<Item> items, List<Entry> entries, Runnable then) {
        if (entries.isEmpty()) {
            return;
        }
        taken.after(log.append(entries), new Taken(items, then));
    }

    private static void taken(List<Taken> all, Throwable fault) {
        for (Taken each : all) {
            if (fault == null) {
                each.then().run();
            } else {
                each.items().forEach(item -> item.result().completeExceptionally(fault));
            }
        }
    }

    private void settle(Item item, double credits) {
        if (item.isReserved()) {
            budget.settle(item.operation().worstCaseCredits(), credits);
            item.settled(credits);
        }
    }

    private void complete(Item item, ProviderResult result) {
        item.result().complete(result);
    }

    private ProviderResult result(Item item, ItemReading read) {
        Optional<Pending> pending = read.outcome() == Outcome.PENDING
                ? Optional.of(new Pending(item.operation().name(), read.jobId().orElse("")))
                : Optional.empty();
        return result(item, read.outcome(), read.reason(), read.confidence(), pending, read.profiles());
    }

    /** Without an answer. */
    private ProviderResult result(Item item, Outcome outcome, String reason) {
        return result(item, outcome, reason, OptionalDouble.empty(), Optional.empty(), Map.of());
    }

    private ProviderResult result(
            Item item,
            Outcome outcome,
            String reason,
            OptionalDouble confidence,
            Optional<Pending> pending,
            Map<EntityKind, Profile> profiles) {
        return new ProviderResult(
                port.name(),
                item.operation().name(),
                outcome,
                reason,
                item.attempts() == 0 ? ProviderResult.Source.NOT_ASKED : ProviderResult.Source.ASKED,
                item.spent(),
                confidence,
                item.repeatPossible(),
                pending,
                profiles);
    }

    /** A prepared call that is not sent: its intents are taken back. */
    void giveUp(Flight flight, String reason) {
        end(flight, Outcome.FAILED, reason, unsent(flight), "");
    }

    /** Asks that are not made and have no intent. */
    void refuse(List<Item> items, String reason) {
        items.forEach(item -> {
            settle(item, 0);
            Outcome outcome = item.repeatPossible() ? Outcome.UNKNOWN : Outcome.FAILED;
            if (item.attempts() == 0) {
                complete(
                        item,
                        ProviderResult.notAsked(port.name(), item.operation().name(), outcome, reason));
            } else {
                journal(
                        List.of(item),
                        List.of(Entries.failure(item, outcome, reason, true, unsent(Flight.of(items)), "")),
                        () -> complete(item, result(item, outcome, reason)));
            }
        });
        budgetMoved.run();
    }

    /** The journal or our own code failed: the work cannot go on. */
    void broken(Flight flight, Throwable cause) {
        flight.items().forEach(item -> item.result().completeExceptionally(cause));
    }

    /** A try that has come to its end. */
    Entries.Try of(Tried tried, int status) {
        long millis = Duration.ofNanos(loop.nanos() - tried.sentNanos()).toMillis();
        return new Entries.Try(
                port.specVersion(),
                status,
                tried.flight().items().size(),
                loop.now().toEpochMilli(),
                millis);
    }

    private Entries.Try unsent(Flight flight) {
        return new Entries.Try(
                port.specVersion(), 0, flight.items().size(), loop.now().toEpochMilli(), 0);
    }
}
