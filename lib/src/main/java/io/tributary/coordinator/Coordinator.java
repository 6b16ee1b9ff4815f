package io.tributary.coordinator;

import io.tributary.provider.QuotaWindow;
import io.tributary.quota.Lease;
import io.tributary.quota.Occupancy;
import io.tributary.quota.Report;
import io.tributary.quota.Until;
import io.tributary.quota.WindowId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The quota of one provider in one run. Executors report what they use and want several times a second; each report is
 * answered by a {@link Lease}. What the provider tells one of them, everybody hears: a pause, a refusal, that it is off, that
 * its circuit is open. Not thread-safe; told the time in nanoseconds of one elapsed clock.
 */
public final class Coordinator {
    private static final int MANY = 40;

    /**
     * Executors that get equal parts end tasks of equal length all at once, and until Spark has started the next ones nobody
     * uses the quota. With parts that differ one ends at a time, and the others use its part meanwhile.
     */
    private static final int[] WEIGHTS = {4, 5, 6, 7};

    /** When a window is new, other runs are asked for a part of it. */
    private static final Duration SOON = Duration.ofMillis(50);

    private final List<QuotaWindow> windows;
    private final InstantSource wall;
    private final Terms terms;
    private final Allotments allotments;
    private final SafeRate safe = new SafeRate();
    private final Map<WindowId, SharedWindow> shared = new HashMap<>();
    private final Map<String, Heard> heard = new HashMap<>();
    private final Until pause = new Until();
    private final Until circuit = new Until();
    private Optional<String> closed = Optional.empty();
    private int executors;

    /** An executor, and what it had told by its last report. */
    private record Heard(Claim claim, long number, long refused) {}

    /** What other runs leave to this one. */
    public interface Allotments {
        /** This run's part of a window now, at most all of it. */
        Allotment of(WindowId id, QuotaWindow window);

        /** Whether this run's part of a window was decided. */
        boolean knows(WindowId id);

        /** For how long these parts are this run's, from now on, in nanoseconds; 0 when they no longer are. */
        long lastNanos(long nowNanos);

        /** The only run that there is. */
        static Allotments whole() {
            return new Allotments() {
                @Override
                public Allotment of(WindowId id, QuotaWindow window) {
                    return new Allotment(window.calls(), 0);
                }

                @Override
                public boolean knows(WindowId id) {
                    return true;
                }

                @Override
                public long lastNanos(long nowNanos) {
                    return Long.MAX_VALUE;
                }
            };
        }
    }

    /**
     * @param windows what the provider publishes
     * @param wall the time of day
     */
    public Coordinator(List<QuotaWindow> windows, InstantSource wall, Terms terms, Allotments allotments) {
        this.windows = List.copyOf(windows);
        this.wall = wall;
        this.terms = terms;
        this.allotments = allotments;
    }

    /**
     * Hears a report and answers it.
     *
     * @return nothing if a later report of this executor was heard before
     */
    public Optional<Lease> report(String executor, Report report, long nowNanos) {
        Heard before = heard.get(executor);
        if (before == null) {
            before = new Heard(new Claim(0, WEIGHTS[executors++ % WEIGHTS.length]), -1, 0);
        } else if (report.number() <= before.number()) {
            return Optional.empty();
        }
        heard.put(executor, new Heard(before.claim(), report.number(), report.refused()));
        if (report.refused() > before.refused()) {
            safe.refused(nowNanos);
        }
        pause.extend(report.pausedNanos(), nowNanos);
        circuit.extend(report.brokenNanos(), nowNanos);
        if (closed.isEmpty()) {
            closed = report.closed();
        }
        List<Lease.Grant> grants = new ArrayList<>();
        for (Report.Use use : report.windows()) {
            grants.add(grant(executor, before.claim(), use, nowNanos));
        }
        boolean known = grants.stream().allMatch(grant -> allotments.knows(grant.id()));
        boolean holds = grants.stream().anyMatch(grant -> grant.held() > 0 || grant.target() > 0);
        return Optional.of(new Lease(
                report.number(),
                Math.min(terms.lease().toNanos(), allotments.lastNanos(nowNanos)),
                grants,
                known ? (holds ? again() : terms.idle().toNanos()) : SOON.toNanos(),
                pause.left(nowNanos),
                circuit.left(nowNanos),
                closed));
    }

    /** A few executors may report twice as often: so places change hands sooner, and many would be a load. */
    private long again() {
        double part = Math.max(0.5, Math.min(1, (double) heard.size() / MANY));
        return (long) (terms.again().toNanos() * part);
    }

    private Lease.Grant grant(String executor, Claim claim, Report.Use use, long nowNanos) {
        QuotaWindow window = windows.get(use.id().number());
        SharedWindow here = shared.computeIfAbsent(
                use.id(), id -> new SharedWindow(window.calls(), Occupancy.of(window, wall), terms));
        Allotment allotted = allotments.of(use.id(), window);
        use.told().ifPresent(told -> here.told(executor, told, allotted.elsewhere(), nowNanos));
        // What is not to be used is taken from all runs alike.
        int usable = safe.of(here.usable(nowNanos), nowNanos);
        int capacity = (int) Math.min(allotted.held(), Math.ceil((double) allotted.held() * usable / window.calls()));
        return here.report(executor, claim, use, capacity, nowNanos);
    }

    /** Nobody asks the provider any more; a reason that stands already stays. */
    public void close(String reason) {
        closed = closed.or(() -> Optional.of(reason));
    }

    /** That executor's process has ended. */
    public void gone(String executor, long nowNanos) {
        heard.remove(executor);
        shared.values().forEach(window -> window.gone(executor, nowNanos));
    }

    /**
     * All that this run uses and wants, window by window, as one who holds a part of each himself.
     *
     * @param ahead how much of what executors want besides is asked for
     */
    List<Report.Use> use(double ahead, long nowNanos) {
        List<Report.Use> uses = new ArrayList<>();
        shared.forEach((id, window) -> uses.add(
                window.use(id, allotments.of(id, windows.get(id.number())).held(), ahead, nowNanos)));
        return uses;
    }

    /** The part of the quota that is used now, 1 unless the provider refused calls lately. */
    public double safePart(long nowNanos) {
        return safe.part(nowNanos);
    }

    /** The windows of which others were seen to use something with the same key, and the most that it was. */
    Map<WindowId, Integer> othersUse() {
        Map<WindowId, Integer> others = new HashMap<>();
        shared.forEach((id, window) -> {
            if (window.mostOfOthers() > 0) {
                others.put(id, window.mostOfOthers());
            }
        });
        return others;
    }
}
