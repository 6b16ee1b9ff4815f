package io.tributary.call;

import io.tributary.journal.Entry;
import io.tributary.model.Outcome;
import io.tributary.provider.HttpAnswer;
import io.tributary.provider.ItemReading;
import io.tributary.provider.Operation;
import io.tributary.provider.ReAsk;
import io.tributary.provider.Reading;
import io.tributary.provider.Verdict;
import io.tributary.quota.Budget;
import io.tributary.quota.RateHeaders;
import io.tributary.quota.RetryAfter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;

/**
 * Decides what a finished try means: an outcome, another try, a pause for all, or the end of the provider for this run.
 * Whatever it decides is journalled before anybody hears of it. Confined to the event loop.
 */
final class Judge {
    /** How a flight gets back into the queue. */
    interface Again {
        void later(Flight flight, Duration delay);

        /** Credits were given back or spent. */
        void budgetMoved();
    }

    private final EventLoop loop;
    private final CallLog log;
    private final Lane lane;
    private final Budget budget;
    private final ProviderPort port;
    private final CallSettings settings;
    private final DoubleSupplier random;
    private final Again again;
    private boolean stopped;

    Judge(
            EventLoop loop,
            CallLog log,
            Lane lane,
            Budget budget,
            ProviderPort port,
            CallSettings settings,
            DoubleSupplier random,
            Again again) {
        this.loop = loop;
        this.log = log;
        this.lane = lane;
        this.budget = budget;
        this.port = port;
        this.settings = settings;
        this.random = random;
        this.again = again;
    }

    /** No more tries from now on. */
    void stop() {
        stopped = true;
    }

    void answered(Tried tried, HttpAnswer answer) {
        lane.gate().answered(tried.permit(), loop.nanos());
        Flight flight = tried.flight();
        Entries.Try with = of(tried, answer.status());
        Reading reading;
        try {
            reading = flight.operation().read(flight.asks(), answer);
        } catch (RuntimeException fault) {
            // It may be paid for, so what came is kept. A fault of the reading would come again: no other try.
            lane.breaker().undecided();
            end(flight, Outcome.UNKNOWN, "reading_failed", with, answer.text());
            return;
        }
        Runnable decision =
                switch (reading.verdict()) {
                    case ANSWERED -> () -> understood(flight, reading, answer, with);
                    case ANSWERED_LAST ->
                        () -> {
                            lane.gate().close(reading.reason());
                            understood(flight, reading, answer, with);
                        };
                    case TRANSIENT ->
                        () -> {
                            lane.breaker().failed();
                            retryOrFail(flight, reading.reason(), retryAfter(answer), with);
                        };
                    case RATE_LIMITED -> () -> refused(tried, reading.reason(), answer, with);
                    case TOO_CONCURRENT ->
                        () -> {
                            lane.gate().tooConcurrent();
                            refused(tried, reading.reason(), answer, with);
                        };
                    case BAD_CREDENTIAL -> () -> badCredential(tried, reading.reason(), with);
                    case CREDITS_GONE, MISCONFIGURED ->
                        () -> {
                            lane.breaker().served();
                            lane.gate().close(reading.reason());
                            end(flight, Outcome.FAILED, reading.reason(), with, "");
                        };
                    case SPLIT -> () -> split(flight, reading.reason(), with);
                    case UNREADABLE ->
                        () -> {
                            lane.breaker().failed();
                            unknown(flight, reading.reason(), with, answer.text());
                        };
                };
        decision.run();
    }

    void unanswered(Tried tried, TransportException fault) {
        Entries.Try with = of(tried, fault.status());
        if (stopped) {
            // We hung up: that says nothing about the provider.
            lane.breaker().undecided();
        } else {
            lane.breaker().failed();
        }
        switch (fault.sent()) {
            case NO -> {
                lane.gate().neverSent(tried.permit());
                retryOrFail(tried.flight(), fault.reason(), Optional.empty(), with);
            }
            case MAYBE -> {
                lane.gate().answered(tried.permit(), loop.nanos());
                String came = new String(fault.received(), StandardCharsets.UTF_8);
                unknown(tried.flight(), fault.reason(), with, came);
            }
        }
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
                        List.of(failure(item, outcome, reason, true, unsent(Flight.of(items)), "")),
                        () -> complete(item, result(item, outcome, reason, OptionalDouble.empty(), Map.of())));
            }
        });
        again.budgetMoved();
    }

    /** The journal or our own code failed: the work cannot go on. */
    void broken(Flight flight, Throwable cause) {
        flight.items().forEach(item -> item.result().completeExceptionally(cause));
    }

    private void understood(Flight flight, Reading reading, HttpAnswer answer, Entries.Try with) {
        lane.breaker().served();
        lane.gate().good();
        RateHeaders.read(answer.headers(), port.rateHeaders(), loop.now())
                .untilReset()
                .ifPresent(wait -> lane.gate().pause(wait, loop.nanos()));
        Map<String, ItemReading> byReference = new HashMap<>();
        reading.items().forEach(item -> byReference.putIfAbsent(item.reference(), item));
        Entries.Body body = new Entries.Body(answer.text());
        List<Item> answered = new ArrayList<>();
        List<Item> missing = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        for (Item item : flight.items()) {
            ItemReading read = byReference.computeIfPresent(
                    item.ask().reference(), (reference, said) -> believed(item.operation(), said));
            if (read == null) {
                missing.add(item);
            } else {
                answered.add(item);
                entries.add(Entries.answer(item, read, with, body.at(read.bodyPath())));
                boolean mayBeBought = read.outcome() == Outcome.UNKNOWN;
                settle(item, mayBeBought ? item.operation().worstCaseCredits() : read.credits());
            }
        }
        journal(
                answered,
                entries,
                () -> answered.forEach(item -> {
                    ItemReading read = byReference.get(item.ask().reference());
                    complete(item, result(item, read.outcome(), read.reason(), read.confidence(), read.profiles()));
                }));
        if (!missing.isEmpty() && reading.verdict() == Verdict.ANSWERED_LAST) {
            end(flight.with(missing), Outcome.FAILED, reading.reason(), with, "");
        } else if (!missing.isEmpty()) {
            retryOrFail(flight.with(missing), "missing_in_batch", Optional.empty(), with);
        }
        again.budgetMoved();
    }

    /** A "not found" with which the provider's match rate falls far below its past is no answer, and the last one. */
    private ItemReading believed(Operation operation, ItemReading read) {
        if (!lane.matches().sees(operation.entity(), read.outcome())) {
            return read;
        }
        lane.gate().close(MatchWatch.FELL);
        return read.unbelieved(MatchWatch.FELL);
    }

    private void retryOrFail(Flight flight, String reason, Optional<Duration> told, Entries.Try with) {
        Flight next = flight.afterFailure();
        Duration wait = settings.backoff().after(next.failedTries(), random.getAsDouble());
        Duration delay = told.filter(t -> t.compareTo(wait) > 0).orElse(wait);
        boolean patient = delay.compareTo(settings.maxPause()) <= 0;
        if (stopped
                || !patient
                || next.failedTries() >= settings.backoff().tries()
                || !lane.retries().tryRetry()) {
            end(flight, Outcome.FAILED, reason, with, "");
            return;
        }
        tryAgain(next, Outcome.FAILED, reason, with, "", delay);
    }

    private void refused(Tried tried, String reason, HttpAnswer answer, Entries.Try with) {
        lane.breaker().undecided();
        Optional<Duration> told = retryAfter(answer)
                .or(() -> RateHeaders.read(answer.headers(), port.rateHeaders(), loop.now())
                        .reset());
        lane.gate().refused(tried.permit(), told, loop.nanos(), random.getAsDouble());
        tryAgain(tried.flight(), Outcome.FAILED, reason, with, "", Duration.ZERO);
    }

    private void badCredential(Tried tried, String reason, Entries.Try with) {
        lane.breaker().served();
        boolean another = lane.rotate(tried.keyIndex());
        if (another && !tried.flight().rotated()) {
            tryAgain(tried.flight().withNextKey(), Outcome.FAILED, reason, with, "", Duration.ZERO);
        } else {
            lane.gate().close(reason);
            end(tried.flight(), Outcome.FAILED, reason, with, "");
        }
    }

    private void split(Flight flight, String reason, Entries.Try with) {
        lane.breaker().served();
        int size = flight.items().size();
        if (size == 1) {
            end(flight, Outcome.FAILED, reason, with, "");
            return;
        }
        tryAgain(flight.with(flight.items().subList(0, size / 2)), Outcome.FAILED, reason, with, "", Duration.ZERO);
        tryAgain(flight.with(flight.items().subList(size / 2, size)), Outcome.FAILED, reason, with, "", Duration.ZERO);
    }

    private void unknown(Flight flight, String reason, Entries.Try with, String came) {
        Flight next = flight.afterFailure();
        boolean retry = !stopped
                && reAsk(flight.operation()) != ReAsk.HOLD
                && next.failedTries() < settings.backoff().tries()
                && lane.retries().tryRetry();
        if (!retry) {
            end(flight, Outcome.UNKNOWN, reason, with, came);
            return;
        }
        flight.items().forEach(item -> {
            item.mayRepeat();
            if (reAsk(item.operation()) != ReAsk.FREE) {
                settle(item, item.operation().worstCaseCredits());
            }
        });
        Duration delay = settings.backoff().after(next.failedTries(), random.getAsDouble());
        tryAgain(next, Outcome.UNKNOWN, reason, with, came, delay);
    }

    private void tryAgain(Flight next, Outcome outcome, String reason, Entries.Try with, String body, Duration delay) {
        List<Entry> entries = next.items().stream()
                .map(item -> failure(item, outcome, reason, false, with, body))
                .toList();
        journal(next.items(), entries, () -> again.later(next, delay));
    }

    private void end(Flight flight, Outcome outcome, String reason, Entries.Try with, String body) {
        List<Entry> entries = flight.items().stream()
                .map(item -> failure(item, last(item, outcome), reason, true, with, body))
                .toList();
        flight.items().forEach(item -> {
            // An earlier unknown try took its worst case from the budget already, unless asking again is free.
            boolean unpaid =
                    outcome == Outcome.UNKNOWN || (item.repeatPossible() && reAsk(item.operation()) == ReAsk.FREE);
            settle(item, unpaid ? item.operation().worstCaseCredits() : 0);
        });
        journal(flight.items(), entries, () -> flight.items()
                .forEach(item ->
                        complete(item, result(item, last(item, outcome), reason, OptionalDouble.empty(), Map.of()))));
        again.budgetMoved();
    }

    private ReAsk reAsk(Operation operation) {
        return operation.reAsk(port.reAsk());
    }

    /** A later failure doesn't undo that an earlier try may have bought something. */
    private static Outcome last(Item item, Outcome outcome) {
        return item.repeatPossible() ? Outcome.UNKNOWN : outcome;
    }

    private void journal(List<Item> items, List<Entry> entries, Runnable then) {
        if (entries.isEmpty()) {
            return;
        }
        log.append(entries)
                .whenComplete((done, fault) -> loop.execute(() -> {
                    if (fault == null) {
                        then.run();
                    } else {
                        items.forEach(item -> item.result().completeExceptionally(fault));
                    }
                }));
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

    private ProviderResult result(
            Item item,
            Outcome outcome,
            String reason,
            OptionalDouble confidence,
            Map<io.tributary.model.EntityKind, io.tributary.model.Profile> profiles) {
        return new ProviderResult(
                port.name(),
                item.operation().name(),
                outcome,
                reason,
                item.attempts() == 0 ? ProviderResult.Source.NOT_ASKED : ProviderResult.Source.ASKED,
                item.spent(),
                confidence,
                item.repeatPossible(),
                profiles);
    }

    private Entry failure(Item item, Outcome outcome, String reason, boolean last, Entries.Try with, String body) {
        return Entries.failure(item, outcome, reason, last, with, body);
    }

    private Optional<Duration> retryAfter(HttpAnswer answer) {
        return answer.header("Retry-After")
                .flatMap(value -> RetryAfter.parse(value, answer.header("Date"), loop.now()));
    }

    private Entries.Try of(Tried tried, int status) {
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
