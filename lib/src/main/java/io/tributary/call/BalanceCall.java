package io.tributary.call;

import io.tributary.provider.BalanceQuery;
import io.tributary.provider.BalanceReading;
import io.tributary.provider.HttpAnswer;
import io.tributary.provider.Verdict;
import io.tributary.quota.Admission;
import io.tributary.quota.Gate;
import io.tributary.quota.Permit;
import io.tributary.quota.RetryAfter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.DoubleSupplier;

/**
 * One look at a provider's account: a call under the provider's quota like any other, but made once, whatever comes, and
 * not journalled, because it buys nothing. What it is told about a key is not passed on: many accounts let a key ask for
 * people and not for this. Confined to the event loop; for one look.
 */
public final class BalanceCall {
    private final EventLoop loop;
    private final Transport transport;
    private final Gate gate;
    private final Credentials credentials;
    private final BalanceQuery query;
    private final DoubleSupplier random;
    private final CompletableFuture<BalanceReading> reading = new CompletableFuture<>();
    private boolean waiting;

    /** @param random uniform in [0, 1), for jitter */
    public BalanceCall(
            EventLoop loop,
            Transport transport,
            Gate gate,
            Credentials credentials,
            BalanceQuery query,
            DoubleSupplier random) {
        this.loop = loop;
        this.transport = transport;
        this.gate = gate;
        this.credentials = credentials;
        this.query = query;
        this.random = random;
    }

    /**
     * Makes the call as soon as the quota has room; from any thread.
     *
     * @param patience how long it waits for that; the exchange has its own deadline besides
     * @return never completes exceptionally
     */
    public CompletableFuture<BalanceReading> start(Duration patience) {
        loop.execute(() -> {
            queued(true);
            loop.schedule(patience, () -> giveUp("no_room_in_its_quota"));
            attempt();
        });
        return reading;
    }

    private void queued(boolean now) {
        waiting = now;
        gate.waiting(query.endpoint(), now ? 1 : -1, now ? 1 : -1, loop.nanos());
    }

    private void giveUp(String reason) {
        if (waiting) {
            queued(false);
            reading.complete(BalanceReading.unanswered(reason));
        }
    }

    private void attempt() {
        if (!waiting) {
            return;
        }
        Admission admission = gate.admit(query.endpoint(), loop.nanos());
        if (admission instanceof Admission.Granted granted) {
            send(granted.permit());
        } else if (admission instanceof Admission.Exhausted exhausted) {
            giveUp(exhausted.reason());
        } else {
            if (admission instanceof Admission.NotBefore later) {
                loop.schedule(Duration.ofNanos(Math.max(1, later.nanos() - loop.nanos())), this::attempt);
            }
            gate.onRelease(() -> loop.execute(this::attempt));
        }
    }

    private void send(Permit permit) {
        if (!gate.goesWith(permit, credentials.inUse())) {
            gate.neverSent(permit);
            loop.execute(this::attempt);
            return;
        }
        Optional<Signed> signed = credentials.sign(query.call());
        if (signed.isEmpty()) {
            gate.neverSent(permit);
            giveUp("no_key");
        } else if (!gate.stillMay(permit, loop.nanos())
                || !gate.goesWith(permit, signed.get().ticket().key())) {
            // This process stood still since the call was admitted: its lease may be another's by now, or another key
            // in use.
            gate.neverSent(permit);
            loop.execute(this::attempt);
        } else {
            queued(false);
            transport
                    .send(signed.get().call(), () -> gate.stillMay(permit, loop.nanos()))
                    .whenComplete((answer, fault) -> loop.execute(() ->
                            reading.complete(fault == null ? answered(permit, answer) : unanswered(permit, fault))));
        }
    }

    private BalanceReading answered(Permit permit, HttpAnswer answer) {
        gate.answered(permit, loop.nanos());
        BalanceReading read = query.read(answer);
        if (read.verdict() == Verdict.RATE_LIMITED || read.verdict() == Verdict.TOO_CONCURRENT) {
            Optional<Duration> told = answer.header("Retry-After")
                    .flatMap(value -> RetryAfter.parse(value, answer.header("Date"), loop.now()));
            gate.refused(permit, told, loop.nanos(), random.getAsDouble());
        }
        return read;
    }

    private BalanceReading unanswered(Permit permit, Throwable fault) {
        Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
        if (cause instanceof TransportException known) {
            if (known.sent() == TransportException.Sent.NO) {
                gate.neverSent(permit);
            } else {
                gate.answered(permit, loop.nanos());
            }
            return BalanceReading.unanswered(known.reason());
        }
        gate.answered(permit, loop.nanos());
        return BalanceReading.unanswered("abandoned");
    }
}
