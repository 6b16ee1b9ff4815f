package io.tributary.coordinator;

import io.tributary.quota.Lease;
import io.tributary.quota.Report;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;

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
        private int granted;
        private int demand;
        private int target;
        private Report.Use use;
        private long seenNanos;
    }

    /** Calls of executors that are gone, and when they have left the window. */
    private record Leaving(long atNanos, int calls) {}

    private final int calls;
    private final long lengthNanos;
    private final Terms terms;
    private final Map<String, Holder> holders = new LinkedHashMap<>();
    private final PriorityQueue<Leaving> residue =
            new PriorityQueue<>((a, b) -> Long.signum(a.atNanos() - b.atNanos()));
    private int residueCalls;
    private int granted;
    private long sharedNanos;
    private boolean shared;

    /**
     * @param calls how many may occupy it at once, all executors together
     * @param lengthNanos as the executors reckon it, margin and all
     */
    SharedWindow(int calls, long lengthNanos, Terms terms) {
        this.calls = calls;
        this.lengthNanos = lengthNanos;
        this.terms = terms;
    }

    /**
     * Hears of one executor, and grants it what it may have.
     *
     * @param capacity how much of the window may be used now, at most {@code calls}
     */
    Lease.Grant report(String executor, Report.Use use, int capacity, long nowNanos) {
        lapse(nowNanos);
        Holder holder = holders.get(executor);
        if (holder == null) {
            holder = new Holder();
            holders.put(executor, holder);
        }
        granted += use.held() - holder.granted;
        holder.granted = use.held();
        holder.use = use;
        holder.seenNanos = nowNanos;
        holder.demand = use.occupied() + use.wants();
        share(Math.min(calls, capacity), nowNanos);
        int free = Math.min(calls, capacity) - granted - residue(nowNanos);
        int more = Math.max(0, Math.min(holder.target - holder.granted, free));
        holder.granted += more;
        granted += more;
        return new Lease.Grant(use.id(), holder.granted, holder.target);
    }

    /** An executor's process has ended: it sends nothing any more. */
    void gone(String executor, long nowNanos) {
        Holder holder = holders.remove(executor);
        if (holder != null) {
            leave(holder, nowNanos);
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
                leave(holder, lapsed);
            }
        }
    }

    /** @param endNanos when the last call of this holder can have been sent */
    private void leave(Holder holder, long endNanos) {
        shared = false;
        granted -= holder.granted;
        int left = holder.granted;
        for (int part = 0; part < Report.PARTS && left > 0; part++) {
            long at = holder.seenNanos + (part + 1) * lengthNanos / Report.PARTS;
            int known = Math.min(left, holder.use.leaving().get(part));
            // A place that became free before the end may have been taken by another call.
            if (known > 0 && at - endNanos > 0) {
                residue(new Leaving(at, known));
                left -= known;
            }
        }
        if (left > 0) {
            residue(new Leaving(endNanos + terms.transit().toNanos() + lengthNanos, left));
        }
    }

    private void residue(Leaving leaving) {
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
        int unit = holders.values().stream()
                .mapToInt(each -> each.use.unit())
                .max()
                .orElse(1);
        int[] wants = holders.values().stream()
                .mapToInt(each -> (each.demand + unit - 1) / unit)
                .toArray();
        long turn = nowNanos / Math.max(LEAST_TURN_NANOS, TURN_LENGTHS * lengthNanos);
        int[] shares = Shares.divide(Math.max(0, capacity - residue(nowNanos)) / unit, wants, (int) turn);
        int place = 0;
        for (Holder each : holders.values()) {
            each.target = shares[place++] * unit;
        }
        shared = true;
        sharedNanos = nowNanos;
    }
}
