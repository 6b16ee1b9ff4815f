package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.sandbox.ledger.CallEntry;
import io.tributary.sandbox.ledger.Fate;
import io.tributary.sandbox.wire.Truth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepeatsTest {
    private static final Exposure KILL = Exposure.death(ChaosFault.EXECUTOR_KILLED, 20_000, 20_000, 1, 16);

    @Test
    void aRepeatIsOfTheFaultThatLostTheFirstAnswer() {
        List<CallEntry> calls = List.of(
                call(19_500, "a", 1),
                call(19_600, "b", 1),
                call(19_700, "c", 0),
                call(50_000, "a", 1),
                call(50_000, "c", 1));
        assertEquals(
                new Repeats(Map.of(ChaosFault.EXECUTOR_KILLED, 1L), 0, List.of()),
                Repeats.in(calls, List.of(KILL), Duration.ofMillis(200)));
    }

    @Test
    void anAnswerThatWasLongOnDiskIsNotExplained() {
        List<CallEntry> calls = List.of(call(10_000, "a", 1), call(50_000, "a", 1));
        assertEquals(new Repeats(Map.of(), 1, List.of()), Repeats.in(calls, List.of(KILL), Duration.ofMillis(200)));
    }

    @Test
    void aKillThatLostMoreThanItsTasksHeldIsNamedThoughOthersLostLess() {
        Exposure narrow = new Exposure(ChaosFault.WORKER_KILLED, 20_000, 20_000, 1);
        Exposure later = Exposure.death(ChaosFault.DRIVER_KILLED, 60_000, 60_000, 2, 16);
        List<CallEntry> calls =
                List.of(call(19_500, "a", 1), call(19_600, "b", 1), call(50_000, "a", 1), call(50_000, "b", 1));
        assertEquals(
                List.of("kill -9 of a worker lost 2 answers, where 1 can have been lost"),
                Repeats.in(calls, List.of(narrow, later), Duration.ofMillis(200))
                        .beyond());
    }

    private static CallEntry call(long millis, String input, double credits) {
        return new CallEntry(
                0, 4001, millis, "hunter", "find", "person", input, 200, Fate.ANSWERED, Truth.FOUND, credits);
    }
}
