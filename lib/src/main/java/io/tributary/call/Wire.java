package io.tributary.call;

import io.tributary.provider.HttpAnswer;
import io.tributary.quota.Permit;
import io.tributary.quota.Stalls;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Hands an admitted call to the network: circuit, credentials, transport. Confined to the event loop. */
final class Wire {
    /** Why asks stay open at a provider that refused every key. */
    private static final String NO_KEY = "no_key_left";

    private final EventLoop loop;
    private final Transport transport;
    private final Lane lane;
    private final Judge judge;
    private final Settlement settlement;
    private final Consumer<Flight> late;
    private final Set<CompletableFuture<HttpAnswer>> open = new HashSet<>();

    /** @param late takes a call that may not be sent any more by the time it could be */
    Wire(EventLoop loop, Transport transport, Lane lane, Judge judge, Settlement settlement, Consumer<Flight> late) {
        this.loop = loop;
        this.transport = transport;
        this.lane = lane;
        this.judge = judge;
        this.settlement = settlement;
        this.late = late;
    }

    void send(Flight flight, Permit permit) {
        if (lane.gate().isBrokenElsewhere(loop.nanos()) || !lane.breaker().tryCall()) {
            lane.gate().neverSent(permit);
            lane.gate().stalled(Stalls.Cause.CIRCUIT, loop.nanos());
            settlement.giveUp(flight, "service_unavailable");
            return;
        }
        if (!lane.gate().goesWith(permit, lane.credentials().inUse())) {
            // Another key is in use, with windows of its own.
            again(flight, permit);
            return;
        }
        Tried tried;
        CompletableFuture<HttpAnswer> exchange;
        try {
            Optional<Signed> signed = lane.credentials()
                    .sign(flight.operation()
                            .render(
                                    flight.asks(),
                                    lane.leftOut(flight.operation().name())));
            if (signed.isEmpty()) {
                lane.breaker().undecided();
                lane.gate().neverSent(permit);
                lane.gate().close(NO_KEY);
                settlement.giveUp(flight, NO_KEY);
                return;
            }
            if (!lane.gate().stillMay(permit, loop.nanos())
                    || !lane.gate().goesWith(permit, signed.get().ticket().key())) {
                // This process stood still since the call was admitted, so its lease may be another's by now.
                again(flight, permit);
                return;
            }
            tried = new Tried(flight, permit, signed.get().ticket(), loop.nanos());
            exchange = transport.send(signed.get().call(), () -> lane.gate().stillMay(permit, loop.nanos()));
        } catch (RuntimeException bug) {
            lane.breaker().undecided();
            lane.gate().neverSent(permit);
            settlement.broken(flight, bug);
            return;
        }
        flight.items().forEach(Item::attempted);
        lane.retries().called();
        open.add(exchange);
        exchange.whenComplete((answer, fault) -> loop.execute(() -> {
            open.remove(exchange);
            if (fault == null) {
                judge.answered(tried, answer);
            } else if (typed(fault).isTooLate()) {
                again(flight, permit);
            } else {
                judge.unanswered(tried, typed(fault));
            }
        }));
    }

    private void again(Flight flight, Permit permit) {
        lane.breaker().undecided();
        lane.gate().neverSent(permit);
        late.accept(flight);
    }

    /** Abandons what is in flight: its outcome is unknown. */
    void stop() {
        Set.copyOf(open).forEach(exchange -> exchange.cancel(true));
    }

    private static TransportException typed(Throwable fault) {
        Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
        return cause instanceof TransportException known
                ? known
                : new TransportException(TransportException.Sent.MAYBE, "abandoned", 0, new byte[0], cause);
    }
}
