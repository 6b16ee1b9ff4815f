package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.sandbox.ledger.CallEntry;
import io.tributary.sandbox.ledger.Fate;
import io.tributary.sandbox.wire.Truth;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StandstillTest {
    /** One call each 100 ms for ten seconds, over two connections in turn. */
    private static final List<CallEntry> CALLS = LongStream.range(0, 100)
            .mapToObj(i -> new CallEntry(
                    i, (int) (4001 + i % 2), 100 * i, "hunter", "find", "", "", 200, Fate.ANSWERED, Truth.FOUND, 1))
            .toList();

    @Test
    void callsUnderTheLastLeaseAreInTimeAndThoseAfterItAreLate() {
        // From 1,000 + 1,500 + 500 on, up to 5,000.
        assertEquals(20, Standstill.ofAll(1000, 5000).late(CALLS));
    }

    @Test
    void othersMayCallMeanwhile() {
        assertEquals(10, Standstill.of(Set.of(4001), 1000, 5000).late(CALLS));
        assertEquals(0, Standstill.of(Set.of(), 1000, 5000).late(CALLS));
    }
}
