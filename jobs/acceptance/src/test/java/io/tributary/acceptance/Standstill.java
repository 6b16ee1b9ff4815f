package io.tributary.acceptance;

import io.tributary.coordinator.Terms;
import io.tributary.sandbox.ledger.CallEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A stretch of time in which certain connections cannot carry a call unless it was sent without a lease.
 *
 * <p>It begins when the last lease can have ended and what was sent under it has arrived: so long after the report that it
 * answered, which was sent before the process or the network stood still. It ends no later than executors can report again: a
 * process that goes on has no lease before a report of its own has reached the driver and the answer has come back, and both
 * pass the relay. So the relay lets nothing pass from before the process goes on until the end of the stretch, and no guess is
 * needed of how fast a report travels.
 *
 * @param fromMillis on the provider's clock
 * @param toMillis likewise; not part of it
 * @param ports of the process that stood still; empty for everybody's
 */
record Standstill(long fromMillis, long toMillis, Optional<Set<Integer>> ports) {
    /** From the time at which reports ended. */
    private static final long LEASED_MILLIS =
            Terms.DEFAULT.lease().plus(Terms.DEFAULT.transit()).toMillis();

    Standstill {
        ports = ports.map(Set::copyOf);
    }

    /** Nobody reaches the driver between these two times. */
    static Standstill ofAll(long silentMillis, long toMillis) {
        return new Standstill(silentMillis + LEASED_MILLIS, toMillis, Optional.empty());
    }

    /** One process, which had these connections, does not reach the driver between these two times. */
    static Standstill of(Set<Integer> ports, long silentMillis, long toMillis) {
        return new Standstill(silentMillis + LEASED_MILLIS, toMillis, Optional.of(ports));
    }

    /** How many calls came in it all the same: none should. */
    long late(List<CallEntry> calls) {
        return calls.stream()
                .filter(call -> call.timeMillis() >= fromMillis && call.timeMillis() < toMillis)
                .filter(call -> ports.isEmpty() || ports.get().contains(call.clientPort()))
                .count();
    }
}
