package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.sandbox.ledger.CallEntry;
import io.tributary.sandbox.ledger.Fate;
import io.tributary.sandbox.wire.Truth;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoundTimeTest {
    @Test
    void eachNightIsPartedByItsCalls() {
        List<CallEntry> calls = Stream.of(4000L, 9000L, 24_000L, 25_000L)
                .map(at -> new CallEntry(0, 1, at, "hunter", "find", "person", "a", 200, Fate.ANSWERED, Truth.FOUND, 1))
                .toList();
        RoundTime time = RoundTime.of(
                List.of(
                        new RoundTime.Night(1000, 10_000),
                        new RoundTime.Night(20_000, 28_000),
                        new RoundTime.Night(30_000, 31_000)),
                calls,
                33);
        assertEquals(new RoundTime(3 + 4 + 1, 5 + 1, 1 + 3, 15), time);
        assertEquals("33 s: 8 to the first calls, 6 of calls, 4 after the last, 15 for the rest", time.toString());
    }
}
