package io.tributary.coordinator;

import io.tributary.quota.Lease;
import io.tributary.quota.Occupancy;
import io.tributary.quota.Report;
import io.tributary.quota.WindowId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * One window of a provider, parted among executors.
 *
 * <p>The simple idea is to tell each executor a rate, and to change the rates as the work moves. It fails: for as long as
 * one executor has not heard that its rate fell, the rates add up to more than the quota. So parts of the window are held,
 * not rates. An executor's part is how many of its calls may occupy the window at once (see {@code SlidingWindow}); a part
 * is granted only from what nobody holds, and it is free again only when its holder says so. Then messages may be late,
 * lost or doubled, and the parts never add up to more than the window: a lost grant is a part that nobody uses until the
 * next report, which says what is really held.
 *
 * <p>Whoever falls silent holds its part until its lease is over. After that it starts no call, but calls that it had
 * sent by then may still arrive, so its part turns into a <em>residue</em>, which leaves the window as the holder's calls
 * do: those that were answered when they would have left anyway, all others a length after the last of them can have
 * arrived.
 *
 * <p>Not thread-safe. Times are nanoseconds of one elapsed clock, the coordinator's.
 */
final class SharedWindow {
    private static final long SHARES_STAND_NANOS = 20_000_000;
    private static final long SHARES_STAND_NANOS_EACH = 500_000;

    /** How often single calls that do not part evenly change hands, in lengths of the window. */
    private static final int TURN_LENGTHS = 20;

    private static final long LEAST_TURN_NANOS = 300_000_000_000L;

    /** What is known of one executor. */
    private static final class Holder {
        private final Claim claim;
        private int granted;
        private int demand;
        private int target;
        private int occupied;
        private int unit;
        private List<Report.Leaving> leaving = List.of();
        private long seenNanos;

        Holder(Claim claim) {
            this.claim = claim;
        }
    }

    private final int calls;
    private final Occupancy occupancy;
    private final Terms terms;
    private final Map<String, Holder> holders = new LinkedHashMap<>();
    private final PriorityQueue<WindowState.Left> residue =
            new PriorityQueue<>((a, b) -> Long.signum(a.atNanos() - b.atNanos()));
    private int residueCalls;
    private int granted;
    private long sharedNanos;
    private boolean shared;
    private int stated;
    private final OtherUse others;

    /**
     * @param calls how many may occupy it at once, all executors together
     * @param occupancy as the executors reckon it, margin and all
     */
    SharedWindow(int calls, Occupancy occupancy, Terms terms) {
        this.calls = calls;
        this.occupancy = occupancy;
        this.terms = terms;
        this.stated = calls;
        this.others = new OtherUse(calls, occupancy.lengthNanos());
    }

    /** A window as it was {@linkplain #state written down}. */
    static SharedWindow of(int calls, Occupancy occupancy, Terms terms, WindowState state) {
        SharedWindow window = new SharedWindow(calls, occupancy, terms);
        for (WindowState.Part part : state.parts()) {
            Holder holder = new Holder(new Claim(part.priority(), part.weight()));
            holder.granted = part.held();
            holder.demand = part.demand();
            holder.leaving = part.leaving();
            holder.occupied = part.occupied();
            holder.unit = part.unit();
            holder.seenNanos = part.seenNanos();
            window.holders.put(part.holder(), holder);
            window.granted += part.held();
        }
        state.left().forEach(window::residue);
        return window;
    }

    WindowState state(long nowNanos) {
        lapse(nowNanos);
        residue(nowNanos);
        List<WindowState.Part> parts = new ArrayList<>();
        holders.forEach((name, each) -> parts.add(new WindowState.Part(
                name,
                each.claim.priority(),
                each.claim.weight(),
                each.granted,
                each.demand,
                each.occupied,
                each.unit,
                each.leaving,
                each.seenNanos)));
        return new WindowState(
                parts, residue.stream().sorted(residue.comparator()).toList());
    }

    /** Whether anybody but this one holds a part. */
    boolean isSharedWith(String other, long nowNanos) {
        lapse(nowNanos);
        return holders.keySet().stream().anyMatch(name -> !name.equals(other));
    }

    /** Hears of one executor among equals; see {@link #report(String, Claim, Report.Use, int, long)}. */
    Lease.Grant report(String executor, Report.Use use, int capacity, long nowNanos) {
        return report(executor, Claim.EQUAL, use, capacity, nowNanos);
    }

    /**
     * Hears of one executor, and grants it what it may have.
     *
     * @param capacity how much of the window may be used now, at most {@code calls}
     */
    Lease.Grant report(String executor, Claim claim, Report.Use use, int capacity, long nowNanos) {
        lapse(nowNanos);
        Holder holder = holders.get(executor);
        if (holder == null) {
            holder = new Holder(claim);
            holders.put(executor, holder);
        }
        granted += use.held() - holder.granted;
        holder.granted = use.held();
        holder.occupied = use.occupied();
        holder.unit = use.unit();
        holder.leaving = use.leaving();
        holder.seenNanos = nowNanos;
        holder.demand = holder.occupied + use.wants();
        share(Math.min(calls, capacity), nowNanos);
        int free = Math.min(calls, capacity) - granted - residue(nowNanos);
        int more = Math.max(0, Math.min(holder.target - holder.granted, free));
        holder.granted += more;
        granted += more;
        return new Lease.Grant(use.id(), holder.granted, holder.target);
    }

    /**
     * Hears what the provider said of the window.
     *
     * @param elsewhere calls of other runs that it may hold
     */
    void told(String executor, Report.Told told, int elsewhere, long nowNanos) {
        if (told.limit() > 0) {
            stated = told.limit();
        }
        if (told.used() >= 0) {
            // What another executor reported is old by now: it may have sent all that it was granted.
            int ours = told.own() + residue(nowNanos) + elsewhere;
            for (Map.Entry<String, Holder> each : holders.entrySet()) {
                ours += each.getKey().equals(executor)
                        ? 0
                        : Math.max(each.getValue().occupied, each.getValue().granted);
            }
            others.sees(told.used() - ours, nowNanos);
        }
    }

    /** How much of the window is ours: what the provider says that it is, less what others use with the same key. */
    int usable(long nowNanos) {
        return Math.max(1, Math.min(calls, stated - others.now(nowNanos)));
    }

    /** The most that others were seen to use. */
    int mostOfOthers() {
        return others.most();
    }

    /**
     * All of its use as that of one who holds a part himself.
     *
     * @param capacity the part
     * @param ahead for how many times what is wanted now there should be room
     */
    Report.Use use(WindowId id, int capacity, double ahead, long nowNanos) {
        lapse(nowNanos);
        List<Report.Leaving> leaving = new ArrayList<>();
        int unknown = granted;
        int unmet = 0;
        int wanted = 0;
        int unit = 1;
        for (Holder holder : holders.values()) {
            int known = holder.granted;
            for (Report.Leaving some : holder.leaving) {
                long in = holder.seenNanos + some.inNanos() - nowNanos;
                int one = Math.min(known, some.calls());
                // A place that became free since may have been taken by another call.
                if (one > 0 && in > 0) {
                    leaving.add(new Report.Leaving(in, one));
                    known -= one;
                    unknown -= one;
                }
            }
            unmet += Math.max(0, holder.demand - holder.granted);
            wanted += holder.demand - holder.occupied;
            unit = Math.max(unit, holder.unit);
        }
        residue(nowNanos);
        residue.forEach(left -> leaving.add(new Report.Leaving(left.atNanos() - nowNanos, left.calls())));
        leaving.sort((a, b) -> Long.compare(a.inNanos(), b.inNanos()));
        int occupied = granted + residueCalls;
        int wants = (int) Math.min(calls, unmet + Math.ceil(wanted * (ahead - 1)));
        return new Report.Use(
                id,
                Math.max(occupied, Math.min(capacity, occupied + wants)),
                unknown,
                leaving,
                wants,
                unit,
                Optional.empty());
    }

    /** An executor's process has ended: it sends nothing any more. */
    void gone(String executor, long nowNanos) {
        Holder holder = holders.remove(executor);
        if (holder != null) {
            leave(holder, nowNanos, nowNanos);
        }
    }

    /** What is held, and what calls of executors that are gone may still occupy. */
    int held(long nowNanos) {
        lapse(nowNanos);
        return granted + residue(nowNanos);
    }

    private void lapse(long nowNanos) {
        Iterator<Holder> each = holders.values().iterator();
        while (each.hasNext()) {
            Holder holder = each.next();
            long lapsed = holder.seenNanos + terms.lapsedAfterNanos();
            if (nowNanos - lapsed >= 0) {
                each.remove();
                leave(holder, lapsed, nowNanos);
            }
        }
    }

    /** @param endNanos when the last call of this holder can have been sent */
    private void leave(Holder holder, long endNanos, long nowNanos) {
        shared = false;
        granted -= holder.granted;
        int left = holder.granted;
        for (Report.Leaving some : holder.leaving) {
            long at = holder.seenNanos + some.inNanos() + terms.skew().toNanos();
            int known = Math.min(left, some.calls());
            // A place that became free before the end may have been taken by another call.
            if (known > 0 && at - endNanos > 0) {
                residue(new WindowState.Left(at, known));
                left -= known;
            }
        }
        if (left > 0) {
            residue(new WindowState.Left(
                    occupancy.leavesNanos(
                            endNanos + terms.transit().toNanos() + terms.skew().toNanos(), nowNanos),
                    left));
        }
    }

    private void residue(WindowState.Left leaving) {
        residue.add(leaving);
        residueCalls += leaving.calls();
    }

    private int residue(long nowNanos) {
        while (!residue.isEmpty() && residue.peek().atNanos() - nowNanos <= 0) {
            residueCalls -= residue.remove().calls();
        }
        return residueCalls;
    }

    /** Shares stand for a moment: with hundreds of executors they are not divided anew for each report. */
    private void share(int capacity, long nowNanos) {
        long stand = Math.max(SHARES_STAND_NANOS, holders.size() * SHARES_STAND_NANOS_EACH);
        if (shared && nowNanos - sharedNanos < stand) {
            return;
        }
        int unit = holders.values().stream().mapToInt(each -> each.unit).max().orElse(1);
        long turn = nowNanos / Math.max(LEAST_TURN_NANOS, TURN_LENGTHS * occupancy.lengthNanos());
        int left = Math.max(0, capacity - residue(nowNanos)) / unit;
        TreeMap<Integer, List<Holder>> byPriority = new TreeMap<>(Comparator.reverseOrder());
        for (Holder each : holders.values()) {
            byPriority
                    .computeIfAbsent(each.claim.priority(), priority -> new ArrayList<>())
                    .add(each);
        }
        for (List<Holder> equals : byPriority.values()) {
            int[] wants = new int[equals.size()];
            int[] weights = new int[equals.size()];
            for (int i = 0; i < wants.length; i++) {
                wants[i] = (equals.get(i).demand + unit - 1) / unit;
                weights[i] = equals.get(i).claim.weight();
            }
            int[] shares = Shares.divide(left, wants, weights, (int) turn);
            for (int i = 0; i < wants.length; i++) {
                equals.get(i).target = shares[i] * unit;
                left -= shares[i];
            }
        }
        shared = true;
        sharedNanos = nowNanos;
    }
}
