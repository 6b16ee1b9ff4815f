package io.tributary.call;

import io.tributary.quota.Budget;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;

/**
 * The layers through which a call of one task to one provider passes, in this order:
 *
 * <ol>
 *   <li>budget: the worst case is set aside, so the cap holds whatever comes
 *   <li>journal, intent: durable before the call can leave, but not long before, as each one may end as an unknown
 *   <li>gate: quota, calls in flight, pauses; directly before the sending, with nothing queued behind it
 *   <li>circuit: last, so that its one trial is a call that is really sent
 *   <li>credentials and transport
 *   <li>journal, answer: next to the wire, so what was paid for is written even if an outer layer gives up on it
 *   <li>retry, rotation, pause or outcome: back to the first step, or to whoever asked
 * </ol>
 *
 * Confined to the event loop.
 */
final class CallStack {
    /**
     * What a task gives each of its stacks.
     *
     * @param random uniform in [0, 1), for jitter
     */
    record Parts(EventLoop loop, Transport transport, CallLog log, CallSettings settings, DoubleSupplier random) {
        Parts {
            Objects.requireNonNull(loop, "loop");
            Objects.requireNonNull(transport, "transport");
            Objects.requireNonNull(log, "log");
            Objects.requireNonNull(settings, "settings");
            Objects.requireNonNull(random, "random");
        }
    }

    private final Parts parts;
    private final Lane lane;
    private final Budget budget;
    private final Settlement settlement;
    private final Judge judge;
    private final Wire wire;
    private final Map<String, Turnstile> turnstiles = new HashMap<>();
    private boolean stopped;

    private CallStack(Parts parts, Lane lane, Budget budget, ProviderPort port) {
        this.parts = parts;
        this.lane = lane;
        this.budget = budget;
        this.settlement = new Settlement(parts.loop(), parts.log(), budget, port, this::pump);
        Reentry reentry = new Reentry();
        this.judge = new Judge(parts.loop(), lane, settlement, port, parts.settings(), parts.random(), reentry);
        this.wire = new Wire(
                parts.loop(),
                parts.transport(),
                lane,
                judge,
                settlement,
                flight -> reentry.later(flight, Duration.ZERO));
    }

    static CallStack assemble(Parts parts, Lane lane, Budget budget, ProviderPort port) {
        return new CallStack(parts, lane, budget, port);
    }

    /** Sends a call when its turn comes; its items' results complete in any case. */
    void submit(Flight flight) {
        if (stopped) {
            settlement.refuse(flight.items(), "cancelled");
        } else {
            turnstile(flight).enter(flight);
        }
    }

    /** Sends nothing more, and abandons what is in flight. */
    void stop() {
        stopped = true;
        judge.stop();
        List.copyOf(turnstiles.values()).forEach(turnstile -> turnstile.close("cancelled"));
        wire.stop();
    }

    /** Credits were given back or spent. */
    private void pump() {
        List.copyOf(turnstiles.values()).forEach(Turnstile::pump);
    }

    private Turnstile turnstile(Flight flight) {
        return turnstiles.computeIfAbsent(
                flight.operation().endpoint(),
                endpoint -> new Turnstile(
                        parts.loop(),
                        parts.log(),
                        lane.gate(),
                        budget,
                        endpoint,
                        parts.settings().prepareAhead(),
                        new Exits()));
    }

    private final class Exits implements Turnstile.Exits {
        @Override
        public void send(Flight flight, io.tributary.quota.Permit permit) {
            wire.send(flight, permit);
        }

        @Override
        public void refuse(List<Item> items, String reason) {
            settlement.refuse(items, reason);
        }

        @Override
        public void giveUp(Flight flight, String reason) {
            settlement.giveUp(flight, reason);
        }

        @Override
        public void broken(Flight flight, Throwable cause) {
            settlement.broken(flight, cause);
        }
    }

    private final class Reentry implements Judge.Again {
        @Override
        public void later(Flight flight, Duration delay) {
            if (delay.isZero()) {
                again(flight);
            } else {
                parts.loop().schedule(delay, () -> again(flight));
            }
        }

        private void again(Flight flight) {
            if (stopped) {
                settlement.refuse(flight.items(), "cancelled");
            } else {
                turnstile(flight).enterFirst(flight);
            }
        }
    }
}
