package io.tributary.call;

import io.tributary.model.Outcome;
import io.tributary.provider.HttpAnswer;
import io.tributary.provider.ItemReading;
import io.tributary.provider.ReAsk;
import io.tributary.provider.Reading;
import io.tributary.provider.Verdict;
import io.tributary.quota.RateHeaders;
import io.tributary.quota.RetryAfter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;

/**
 * Decides what a finished try means: an outcome, another try, a pause for all, or the end of the provider for this run.
 * Confined to the event loop.
 */
final class Judge {
    /** A rotation set has fewer keys, each with a renewed token, than a call is refused for in its lifetime. */
    private static final int MOST_REFUSALS = 10;

    /** What others wait while it is found out which key to take, so that they don't run into the same refusal. */
    private static final Duration FINDING_OUT = Duration.ofMillis(250);

    /** How a flight gets back into the queue. */
    interface Again {
        void later(Flight flight, Duration delay);
    }

    private final EventLoop loop;
    private final Lane lane;
    private final Settlement settlement;
    private final ProviderPort port;
    private final CallSettings settings;
    private final DoubleSupplier random;
    private final Again again;
    private boolean stopped;

    Judge(
            EventLoop loop,
            Lane lane,
            Settlement settlement,
            ProviderPort port,
            CallSettings settings,
            DoubleSupplier random,
            Again again) {
        this.loop = loop;
        this.lane = lane;
        this.settlement = settlement;
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
        Flight flight = tried.flight();
        Entries.Try with = settlement.of(tried, answer.status());
        Reading reading;
        try {
            reading = flight.operation().read(flight.asks(), answer);
        } catch (RuntimeException fault) {
            lane.gate().answered(tried.permit(), loop.nanos());
            // It may be paid for, so what came is kept. A fault of the reading would come again: no other try.
            lane.breaker().undecided();
            settlement.end(flight, Outcome.UNKNOWN, "reading_failed", with, answer.text());
            return;
        }
        if (reading.verdict() == Verdict.RATE_LIMITED || reading.verdict() == Verdict.TOO_CONCURRENT) {
            lane.gate().answeredByRefusal(tried.permit(), loop.nanos());
        } else {
            lane.gate().answered(tried.permit(), loop.nanos());
        }
        Runnable decision =
                switch (reading.verdict()) {
                    case ANSWERED -> () -> understood(tried, reading, answer, with);
                    case ANSWERED_LAST ->
                        () -> {
                            lane.gate().close(reading.reason());
                            understood(tried, reading, answer, with);
                        };
                    case TRANSIENT ->
                        () -> {
                            failed();
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
                            served();
                            lane.gate().close(reading.reason());
                            settlement.end(flight, Outcome.FAILED, reading.reason(), with, "");
                        };
                    case FIELD_REFUSED -> () -> leaveOut(flight, reading, with);
                    case SPLIT -> () -> split(flight, reading.reason(), with);
                    case UNREADABLE ->
                        () -> {
                            failed();
                            unknown(flight, reading.reason(), with, answer.text());
                        };
                };
        decision.run();
    }

    void unanswered(Tried tried, TransportException fault) {
        Entries.Try with = settlement.of(tried, fault.status());
        if (stopped) {
            // We hung up: that says nothing about the provider.
            lane.breaker().undecided();
        } else {
            failed();
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

    /** A fault of the service; a circuit that opens here opens for all executors. */
    private void failed() {
        lane.breaker().failed().ifPresent(wait -> lane.gate().broken(wait, loop.nanos()));
    }

    private void served() {
        lane.breaker().served();
        lane.gate().mended();
    }

    private void understood(Tried tried, Reading reading, HttpAnswer answer, Entries.Try with) {
        Flight flight = tried.flight();
        served();
        lane.gate().good();
        RateHeaders headers = RateHeaders.read(answer.headers(), port.rateHeaders(), loop.now());
        lane.gate().told(tried.permit(), headers, loop.nanos());
        lane.gate().usedUp(tried.permit(), headers, loop.nanos()).ifPresent(wait -> lane.gate()
                .pause(wait, loop.nanos()));
        Map<String, ItemReading> byReference = new HashMap<>();
        reading.items().forEach(item -> byReference.putIfAbsent(item.reference(), item));
        List<Settlement.Answer> answers = new ArrayList<>();
        List<Item> missing = new ArrayList<>();
        for (Item item : flight.items()) {
            ItemReading read = byReference.get(item.ask().reference());
            if (read == null) {
                missing.add(item);
            } else {
                answers.add(new Settlement.Answer(item, believed(item, read)));
            }
        }
        settlement.answered(answers, with, new Entries.Body(answer.text()));
        if (!missing.isEmpty() && reading.verdict() == Verdict.ANSWERED_LAST) {
            settlement.end(flight.with(missing), Outcome.FAILED, reading.reason(), with, "");
        } else if (!missing.isEmpty()) {
            retryOrFail(flight.with(missing), "missing_in_batch", Optional.empty(), with);
        }
    }

    /** A "not found" with which the provider's match rate falls far below its past is no answer, and the last one. */
    private ItemReading believed(Item item, ItemReading read) {
        boolean first = item.ask().epoch() == 0;
        if (!first || !lane.matches().sees(item.operation().entity(), read.outcome())) {
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
            settlement.end(flight, Outcome.FAILED, reason, with, "");
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
        served();
        CompletableFuture<Boolean> another =
                lane.credentials().refused(tried.ticket()).toCompletableFuture();
        if (!another.isDone()) {
            lane.gate().pause(FINDING_OUT, loop.nanos());
        }
        another.whenComplete((found, fault) -> loop.execute(() -> {
            Flight next = tried.flight().afterRefusal();
            if (fault == null && found && next.refusals() < MOST_REFUSALS) {
                tryAgain(next, Outcome.FAILED, reason, with, "", Duration.ZERO);
            } else {
                lane.gate().close(reason);
                settlement.end(tried.flight(), Outcome.FAILED, reason, with, "");
            }
        }));
    }

    /** Calls that were under way ask for the field once more; each of them comes here. */
    private void leaveOut(Flight flight, Reading reading, Entries.Try with) {
        served();
        String operation = flight.operation().name();
        if (!lane.leftOut(operation).containsAll(reading.refusedFields())) {
            lane.leaveOut(operation, reading.refusedFields());
        }
        Flight next = flight.afterRefusal();
        if (next.refusals() < MOST_REFUSALS) {
            tryAgain(next, Outcome.FAILED, reading.reason(), with, "", Duration.ZERO);
        } else {
            lane.gate().close(reading.reason());
            settlement.end(flight, Outcome.FAILED, reading.reason(), with, "");
        }
    }

    private void split(Flight flight, String reason, Entries.Try with) {
        served();
        int size = flight.items().size();
        if (size == 1) {
            settlement.end(flight, Outcome.FAILED, reason, with, "");
            return;
        }
        tryAgain(flight.with(flight.items().subList(0, size / 2)), Outcome.FAILED, reason, with, "", Duration.ZERO);
        tryAgain(flight.with(flight.items().subList(size / 2, size)), Outcome.FAILED, reason, with, "", Duration.ZERO);
    }

    private void unknown(Flight flight, String reason, Entries.Try with, String came) {
        Flight next = flight.afterFailure();
        boolean retry = !stopped
                && settlement.reAsk(flight.operation()) != ReAsk.HOLD
                && next.failedTries() < settings.backoff().tries()
                && lane.retries().tryRetry();
        if (!retry) {
            settlement.end(flight, Outcome.UNKNOWN, reason, with, came);
            return;
        }
        settlement.mayRepeat(flight);
        Duration delay = settings.backoff().after(next.failedTries(), random.getAsDouble());
        tryAgain(next, Outcome.UNKNOWN, reason, with, came, delay);
    }

    private void tryAgain(Flight next, Outcome outcome, String reason, Entries.Try with, String body, Duration delay) {
        settlement.tried(next, outcome, reason, with, body, () -> again.later(next, delay));
    }

    private Optional<Duration> retryAfter(HttpAnswer answer) {
        return answer.header("Retry-After")
                .flatMap(value -> RetryAfter.parse(value, answer.header("Date"), loop.now()));
    }
}
