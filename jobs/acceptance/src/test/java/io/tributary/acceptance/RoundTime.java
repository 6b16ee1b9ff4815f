package io.tributary.acceptance;

import io.tributary.sandbox.ledger.CallEntry;
import java.util.List;
import java.util.LongSummaryStatistics;

/**
 * Where the time of a round went, in seconds: all of its nights together, each until its first call, to its last call, and after
 * that; and the rest, which is the judge's.
 */
record RoundTime(double starting, double calling, double ending, double rest) {
    static final RoundTime NONE = new RoundTime(0, 0, 0, 0);

    /** @param fromMillis on the provider's clock, as the other */
    record Night(long fromMillis, long toMillis) {}

    static RoundTime of(List<Night> nights, List<CallEntry> calls, double all) {
        double starting = 0;
        double calling = 0;
        double ending = 0;
        for (Night night : nights) {
            LongSummaryStatistics within = calls.stream()
                    .mapToLong(CallEntry::timeMillis)
                    .filter(at -> at >= night.fromMillis() && at <= night.toMillis())
                    .summaryStatistics();
            boolean called = within.getCount() > 0;
            long first = called ? within.getMin() : night.toMillis();
            long last = called ? within.getMax() : night.toMillis();
            starting += (first - night.fromMillis()) / 1e3;
            calling += (last - first) / 1e3;
            ending += (night.toMillis() - last) / 1e3;
        }
        return new RoundTime(starting, calling, ending, all - starting - calling - ending);
    }

    double all() {
        return starting + calling + ending + rest;
    }

    /** The mean of several; none if there are none. */
    static RoundTime mean(List<RoundTime> some) {
        return new RoundTime(
                some.stream().mapToDouble(RoundTime::starting).average().orElse(0),
                some.stream().mapToDouble(RoundTime::calling).average().orElse(0),
                some.stream().mapToDouble(RoundTime::ending).average().orElse(0),
                some.stream().mapToDouble(RoundTime::rest).average().orElse(0));
    }

    @Override
    public String toString() {
        return "%.0f s: %.0f to the first calls, %.0f of calls, %.0f after the last, %.0f for the rest"
                .formatted(all(), starting, calling, ending, rest);
    }
}
