package io.tributary.acceptance;

import io.tributary.sandbox.ledger.CallEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers that were paid for twice, by what lost the first.
 *
 * @param lostBy how many each fault lost
 * @param unexplained how many were lost at a time at which nothing can have lost them
 * @param beyond stretches of time, in words, that lost more than they can have
 */
record Repeats(Map<ChaosFault, Long> lostBy, long unexplained, List<String> beyond) {
    Repeats {
        lostBy = Map.copyOf(lostBy);
        beyond = List.copyOf(beyond);
    }

    /**
     * @param calls of one provider, in their order
     * @param answered how long answers take
     */
    static Repeats in(List<CallEntry> calls, List<Exposure> exposures, Duration answered) {
        Map<ChaosFault, Long> lostBy = new EnumMap<>(ChaosFault.class);
        Map<Exposure, Long> lostByNothingElse = new HashMap<>();
        long unexplained = 0;
        for (long first : firstOfTwo(calls)) {
            List<Exposure> covering = exposures.stream()
                    .filter(exposure -> exposure.covers(first, answered))
                    .toList();
            if (covering.isEmpty()) {
                unexplained++;
            } else {
                lostBy.merge(covering.get(0).fault(), 1L, Long::sum);
            }
            if (covering.size() == 1) {
                lostByNothingElse.merge(covering.get(0), 1L, Long::sum);
            }
        }
        List<Long> billed = billed(calls);
        List<String> beyond = lostByNothingElse.entrySet().stream()
                .filter(lost -> lost.getValue() > lost.getKey().inVain(billed, answered))
                .map(lost -> lost.getKey().fault().words() + " lost " + lost.getValue() + " answers, where "
                        + lost.getKey().inVain(billed, answered) + " can have been lost")
                .toList();
        return new Repeats(lostBy, unexplained, beyond);
    }

    /** When calls reached the provider that were billed. */
    static List<Long> billed(List<CallEntry> calls) {
        return calls.stream()
                .filter(call -> call.billedCredits() > 0)
                .map(CallEntry::timeMillis)
                .toList();
    }

    /** When the calls did whose answers were paid for once more. */
    private static List<Long> firstOfTwo(List<CallEntry> calls) {
        List<Long> first = new ArrayList<>();
        Map<String, Long> paid = new HashMap<>();
        for (CallEntry call : calls) {
            if (call.billedCredits() > 0) {
                Long before = paid.put(call.entity() + "|" + call.input(), call.timeMillis());
                if (before != null) {
                    first.add(before);
                }
            }
        }
        return first;
    }
}
