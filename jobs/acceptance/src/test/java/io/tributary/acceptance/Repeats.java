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
 */
record Repeats(Map<ChaosFault, Long> lostBy, long unexplained) {
    Repeats {
        lostBy = Map.copyOf(lostBy);
    }

    /**
     * @param calls of one provider, in their order
     * @param answered how long answers take
     */
    static Repeats in(List<CallEntry> calls, List<Exposure> exposures, Duration answered) {
        Map<ChaosFault, Long> lostBy = new EnumMap<>(ChaosFault.class);
        List<Long> unexplained = new ArrayList<>();
        Map<String, Long> paid = new HashMap<>();
        for (CallEntry call : calls) {
            if (call.billedCredits() > 0) {
                Long before = paid.put(call.entity() + "|" + call.input(), call.timeMillis());
                if (before != null) {
                    exposures.stream()
                            .filter(exposure -> exposure.covers(before, answered))
                            .findFirst()
                            .ifPresentOrElse(
                                    exposure -> lostBy.merge(exposure.fault(), 1L, Long::sum),
                                    () -> unexplained.add(before));
                }
            }
        }
        return new Repeats(lostBy, unexplained.size());
    }
}
