package io.tributary.call;

import io.tributary.journal.Intent;
import io.tributary.quota.Admission;
import io.tributary.quota.Budget;
import io.tributary.quota.Gate;
import io.tributary.quota.Permit;
import io.tributary.quota.Stalls;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The queue of one task before one endpoint: budget, then intent, then gate. Intents are journalled only for the calls that
 * the gate can let through shortly, because each one is an unknown outcome if the power goes. Confined to the event loop.
 */
final class Turnstile {
    /** What is behind and beside the turnstile. */
    interface Exits {
        /** Send now; nothing may be put between. */
        void send(Flight flight, Permit permit);

        /** These will not be asked: no intent was written. */
        void refuse(List<Item> items, String reason);

        /** Will not be sent although its intents stand. */
        void giveUp(Flight flight, String reason);

        /** The journal failed: nothing more may be asked. */
        void broken(Flight flight, Throwable cause);
    }

    private final EventLoop loop;
    private final CallLog log;
    private final Gate gate;
    private final Budget budget;
    private final String endpoint;
    private final Duration ahead;
    private final Exits exits;
    private final Deque<Flight> waiting = new ArrayDeque<>();
    private final Deque<Flight> ready = new ArrayDeque<>();
    private final Handover<Flight> written;
    private int prepared;

    /** How many calls are kept for the time of a write: twice what was sent during the last, as the next may take longer. */
    private int keptForAWrite = Integer.MAX_VALUE;

    private List<Flight> hurried = List.of();
    private int sent;
    private int sentBefore;

    private Optional<String> closed = Optional.empty();
    private boolean listening;
    private boolean timerOn;
    private long timerNanos;

    Turnstile(EventLoop loop, CallLog log, Gate gate, Budget budget, String endpoint, Duration ahead, Exits exits) {
        this.loop = loop;
        this.log = log;
        this.gate = gate;
        this.budget = budget;
        this.endpoint = endpoint;
        this.ahead = ahead;
        this.exits = exits;
        this.written = new Handover<>(loop, this::prepared);
    }

    void enter(Flight flight) {
        waiting.addLast(flight);
        queued(1, flight.items().size());
        pump();
    }

    /** For a call that was under way already: before those that were not. */
    void enterFirst(Flight flight) {
        waiting.addFirst(flight);
        queued(1, flight.items().size());
        pump();
    }

    /** Sends nothing more: neither what waits nor what is just being prepared. */
    void close(String reason) {
        closed = Optional.of(reason);
        stop(reason);
    }

    /** Empties the queue; what was prepared keeps its intents. */
    private void stop(String reason) {
        List<Flight> unprepared = new ArrayList<>(waiting);
        List<Flight> standing = new ArrayList<>(ready);
        waiting.clear();
        ready.clear();
        prepared -= standing.size();
        unprepared.forEach(flight -> queued(-1, -flight.items().size()));
        standing.forEach(flight -> queued(-1, -flight.items().size()));
        unprepared.forEach(flight -> exits.refuse(flight.items(), reason));
        standing.forEach(flight -> exits.giveUp(flight, reason));
    }

    /** The gate is told what waits for it, so that it gets a part of the quota that fits. */
    private void queued(int calls, int items) {
        gate.waiting(endpoint, calls, items, loop.nanos());
    }

    void pump() {
        Optional<String> over = closed.or(gate::closedBecause);
        if (over.isPresent()) {
            stop(over.get());
            return;
        }
        prepare();
        release();
    }

    private void prepare() {
        int most = gate.admissibleWithin(endpoint, ahead);
        while (prepared < most) {
            Optional<Flight> next = nextAffordable();
            if (next.isEmpty()) {
                if (ready.isEmpty() && prepared == 0 && !waiting.isEmpty()) {
                    gate.stalled(Stalls.Cause.BUDGET, loop.nanos());
                }
                return;
            }
            Flight flight = next.get();
            prepared++;
            List<Intent> intents = new ArrayList<>(flight.items().size());
            for (Item item : flight.items()) {
                intents.add(item.intent(loop.now()));
            }
            List<Flight> unwritten = written.after(log.intend(intents), flight);
            if (unwritten.size() + Math.min(keptForAWrite, most / 2) >= most && unwritten != hurried) {
                // The others can be sent meanwhile; with none left to send, the gate would stand idle.
                log.hurry();
                hurried = unwritten;
                sentBefore = sent;
            }
        }
    }

    private void prepared(List<Flight> flights, Throwable fault) {
        if (flights == hurried) {
            keptForAWrite = 2 * (sent - sentBefore) + 1;
        }
        if (fault == null) {
            ready.addAll(flights);
            pump();
            return;
        }
        for (Flight flight : flights) {
            prepared--;
            queued(-1, -flight.items().size());
            exits.broken(flight, fault);
        }
    }

    private Optional<Flight> nextAffordable() {
        Iterator<Flight> queue = waiting.iterator();
        List<Item> refused = new ArrayList<>();
        Optional<Flight> next = Optional.empty();
        while (next.isEmpty() && queue.hasNext()) {
            Flight flight = queue.next();
            List<Item> affordable = new ArrayList<>();
            List<Item> later = new ArrayList<>();
            for (Item item : flight.items()) {
                switch (reserve(item)) {
                    case RESERVED -> affordable.add(item);
                    case WAIT -> later.add(item);
                    case SPENT -> refused.add(item);
                }
            }
            if (affordable.isEmpty() && !later.isEmpty()) {
                continue;
            }
            queue.remove();
            if (!affordable.isEmpty()) {
                next = Optional.of(flight.with(affordable));
                if (!later.isEmpty()) {
                    waiting.addFirst(flight.with(later));
                    queued(1, 0);
                }
            } else {
                queued(-1, 0);
            }
        }
        if (!refused.isEmpty()) {
            queued(0, -refused.size());
            exits.refuse(refused, "budget_spent");
        }
        return next;
    }

    private Budget.Decision reserve(Item item) {
        if (item.isReserved()) {
            return Budget.Decision.RESERVED;
        }
        Budget.Decision decision = budget.reserve(item.operation().worstCaseCredits());
        if (decision == Budget.Decision.RESERVED) {
            item.reserved();
        }
        return decision;
    }

    private void release() {
        while (!ready.isEmpty()) {
            int items = ready.getFirst().items().size();
            Admission admission = gate.admit(endpoint, items, loop.nanos());
            if (admission instanceof Admission.Granted granted) {
                prepared--;
                sent++;
                queued(-1, -items);
                exits.send(ready.removeFirst(), granted.permit());
            } else if (admission instanceof Admission.NotBefore later) {
                wakeAt(later.nanos());
                wakeOnRelease();
                return;
            } else if (admission instanceof Admission.Full) {
                wakeOnRelease();
                return;
            } else if (admission instanceof Admission.Exhausted exhausted) {
                stop(exhausted.reason());
                return;
            }
        }
        prepare();
    }

    private void wakeAt(long nanos) {
        if (timerOn && timerNanos - nanos <= 0 && timerNanos - loop.nanos() > 0) {
            return;
        }
        timerOn = true;
        timerNanos = nanos;
        loop.schedule(Duration.ofNanos(Math.max(1, nanos - loop.nanos())), () -> {
            timerOn = false;
            pump();
        });
    }

    private void wakeOnRelease() {
        if (!listening) {
            listening = true;
            gate.onRelease(() -> loop.execute(() -> {
                listening = false;
                pump();
            }));
        }
    }
}
