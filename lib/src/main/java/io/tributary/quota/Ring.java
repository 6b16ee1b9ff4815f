package io.tributary.quota;

import io.tributary.provider.QuotaWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Windows that count the same calls, and what spreads these. Not thread-safe. */
final class Ring {
    private static final Duration SMOOTHING = Duration.ofSeconds(10);
    private static final double BURST_SECONDS = 0.1;
    private static final double PACER_HEADROOM = 1.1;

    /** How long a part of a long window lasts an executor: the rest is left to those who can use it sooner. */
    private static final Duration AHEAD = Duration.ofSeconds(2);

    /** One window of this process. */
    static final class Part {
        private final WindowId id;
        private final QuotaWindow limit;
        private final Occupancy occupancy;
        private final SlidingWindow window;
        private int target;
        private int asked;
        private boolean scarce;
        private Optional<Told> told = Optional.empty();

        Part(WindowId id, QuotaWindow limit, int held, Occupancy occupancy) {
            this.id = id;
            this.limit = limit;
            this.occupancy = occupancy;
            this.window = new SlidingWindow(held, occupancy.lengthNanos(), occupancy.slotNanos());
            this.target = held;
        }

        /** Above its target nothing is sent until enough calls have left; a place that is used goes on being so. */
        int bound(int occupied) {
            return occupied > target ? target + 1 : target;
        }
    }

    /** What the provider said of a window, and when. */
    private record Told(int limit, int used, int own, long atNanos) {
        Report.Told at(long nowNanos) {
            return new Report.Told(limit, used, own, nowNanos - atNanos);
        }
    }

    private final List<Part> parts;
    private final boolean leased;
    private final Optional<Pacer> pacer;

    /** Calls and items that wait to be sent. */
    private int waitingCalls;

    private int waitingItems;
    private int largest = 1;

    /** Since the last report. */
    private int sentCalls;

    private int sentItems;

    /** @param leased whether parts come and go */
    Ring(List<Part> parts, boolean leased, Pacer.Factory pacers) {
        this.parts = List.copyOf(parts);
        this.leased = leased;
        this.pacer = parts.isEmpty() ? Optional.empty() : Optional.of(pacers.pacer(pace(), burst(pace())));
    }

    /** The first time from now on at which the windows have room. */
    long earliestNanos(int items, long nowNanos) {
        long earliest = nowNanos;
        for (Part part : parts) {
            earliest = Math.max(earliest, part.window.earliestNanos(nowNanos, part.limit.weight(items)));
        }
        return earliest;
    }

    /** The length of the longest window without room for such a call; 0 if all have room. */
    long longestFullNanos(int items, long nowNanos) {
        long longest = 0;
        for (Part part : parts) {
            if (part.window.earliestNanos(nowNanos, part.limit.weight(items)) > nowNanos) {
                longest = Math.max(longest, part.window.lengthNanos());
            }
        }
        return longest;
    }

    /** Takes a turn, or says when to try again. */
    Optional<Long> turn(long nowNanos) {
        return pacer.filter(p -> !p.tryTake(nowNanos)).map(p -> p.retryAtNanos(nowNanos));
    }

    void sent(int items) {
        parts.forEach(part -> part.window.sent(part.limit.weight(items)));
        sentCalls++;
        sentItems += items;
    }

    /** @param arrivedNanos the latest time at which it can have arrived */
    void answered(int items, long arrivedNanos, long nowNanos) {
        for (Part part : parts) {
            part.window.answered(part.occupancy.leavesNanos(arrivedNanos, nowNanos), part.limit.weight(items));
        }
    }

    /** Refused for the rate: where that is free it occupies nothing. */
    void refused(int items, long arrivedNanos, long nowNanos) {
        for (Part part : parts) {
            int weight = part.limit.weight(items);
            if (part.limit.countsRefused()) {
                part.window.answered(part.occupancy.leavesNanos(arrivedNanos, nowNanos), weight);
            } else {
                part.window.uncounted(weight);
            }
        }
    }

    void neverSent(int items) {
        parts.forEach(part -> part.window.uncounted(part.limit.weight(items)));
    }

    /**
     * The provider said how full a window is.
     *
     * @param said of the window of that number
     */
    void told(int number, RateHeaders.Limit said, long nowNanos) {
        for (Part part : parts) {
            if (part.id.number() == number) {
                int limit = said.quota().isPresent()
                        ? (int) Math.min(Integer.MAX_VALUE, said.quota().getAsLong())
                        : -1;
                long size = limit >= 0 ? limit : part.limit.calls();
                int used = said.remaining().isPresent()
                        ? (int) Math.max(
                                0,
                                Math.min(
                                        Integer.MAX_VALUE,
                                        size - said.remaining().getAsLong()))
                        : -1;
                part.told = Optional.of(new Told(limit, used, part.window.occupied(nowNanos), nowNanos));
            }
        }
    }

    void waiting(int calls, int items) {
        waitingCalls += calls;
        waitingItems += items;
        largest = calls > 0 ? Math.max(largest, items / calls) : largest;
    }

    boolean holds() {
        return parts.stream().anyMatch(part -> part.window.held() > 0);
    }

    int waitingCalls() {
        return waitingCalls;
    }

    /** What was sent of late will not come again. */
    void rest() {
        sentCalls = 0;
        sentItems = 0;
    }

    /** Without a lease nothing is sent. */
    void lapse() {
        for (Part part : parts) {
            part.target = 0;
            part.window.hold(0);
        }
    }

    /** What it uses and wants; what it can't use soon is not held any more. */
    List<Report.Use> report(long nowNanos) {
        List<Report.Use> uses = new ArrayList<>();
        for (Part part : parts) {
            int occupied = part.window.occupied(nowNanos);
            int wants = wants(part);
            part.asked = occupied + wants;
            part.window.hold(Math.min(part.window.held(), Math.min(part.bound(occupied), occupied + wants)));
            uses.add(new Report.Use(
                    part.id,
                    Math.max(occupied, part.window.held()),
                    part.window.inFlight(),
                    part.window.leaving(nowNanos, Report.parts(part.window.lengthNanos())),
                    wants,
                    part.limit.weight(largest),
                    part.told.map(said -> said.at(nowNanos))));
            part.told = Optional.empty();
        }
        sentCalls = 0;
        sentItems = 0;
        return uses;
    }

    /**
     * What could be sent now if it might: what waits, or what came lately and will come again. Of all windows but the
     * shortest, only what the part of that one lets through soon: to each according to the rate at which it can use it.
     */
    private int wants(Part part) {
        int most = part.limit.perItem() ? Math.max(waitingItems, sentItems) : Math.max(waitingCalls, sentCalls);
        Part shortest = shortest();
        if (part == shortest || most == 0) {
            return most;
        }
        int held = shortest.window.held();
        int soon = (int) Math.ceil((double) held * AHEAD.toNanos() / shortest.window.lengthNanos());
        return held == 0 ? 0 : Math.min(most, Math.max(part.limit.weight(largest), soon));
    }

    private Part shortest() {
        Part shortest = parts.get(0);
        for (Part part : parts) {
            shortest = part.window.lengthNanos() < shortest.window.lengthNanos() ? part : shortest;
        }
        return shortest;
    }

    /** Returns whether it holds more than before. */
    boolean lease(Lease.Grant grant, long nowNanos) {
        boolean more = false;
        for (Part part : parts) {
            if (part.id.equals(grant.id())) {
                more |= grant.held() > part.window.held();
                part.target = grant.target();
                part.scarce = grant.target() < part.asked;
                part.window.hold(Math.min(grant.held(), part.bound(part.window.occupied(nowNanos))));
            }
        }
        pacer.ifPresent(each -> each.pace(pace(), burst(pace())));
        return more;
    }

    /** Whether it holds less than the provider allows: then a larger part would help. */
    boolean isHungry() {
        return parts.stream().anyMatch(part -> part.window.held() < part.limit.calls());
    }

    /** Calls a nanosecond that the windows let through in the long run, as far as they tell; infinite without any. */
    double perNano() {
        double least = Double.POSITIVE_INFINITY;
        for (Part part : parts) {
            if (!leased || part == shortest()) {
                least = Math.min(least, (double) part.window.held() / part.window.lengthNanos());
            }
        }
        return least;
    }

    /** A little above what the windows let through, in calls a second; their limits decide. */
    private double pace() {
        double pace = Double.POSITIVE_INFINITY;
        for (Part part : parts) {
            long length = Math.min(part.window.lengthNanos(), SMOOTHING.toNanos());
            // A leased part is as large as what waits, so only one that is too small for that tells the pace; parts of
            // the
            // longer windows are topped up as they are used.
            boolean ample = leased && (part != shortest() || !part.scarce);
            int calls = ample ? part.limit.calls() : Math.max(1, part.window.held());
            pace = Math.min(pace, calls * 1e9 / length);
        }
        return pace * PACER_HEADROOM;
    }

    private static double burst(double pace) {
        return Math.max(1, pace * BURST_SECONDS);
    }
}
