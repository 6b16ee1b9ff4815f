package io.tributary.coordinator;

import io.tributary.provider.QuotaWindow;
import io.tributary.quota.Lease;
import io.tributary.quota.Report;
import io.tributary.quota.WindowId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * The quota of one provider in one run. Executors report what they use and want several times a second; each report is
 * answered by a {@link Lease}. What the provider tells one of them, everybody hears: a pause, a refusal, that it is off.
 * Not thread-safe; told the time in nanoseconds of one elapsed clock.
 */
public final class Coordinator {
    private final List<QuotaWindow> windows;
    private final LongUnaryOperator occupiedNanos;
    private final Terms terms;
    private final SafeRate safe = new SafeRate();
    private final Map<WindowId, SharedWindow> shared = new HashMap<>();
    private final Map<String, Heard> heard = new HashMap<>();
    private long pausedUntilNanos;
    private boolean paused;
    private Optional<String> closed = Optional.empty();

    /** What an executor had told by its last report. */
    private record Heard(long number, long refused) {}

    /**
     * @param windows what the provider publishes
     * @param occupiedNanos from a window's length to how long an answered call occupies it, both in nanoseconds
     */
    public Coordinator(List<QuotaWindow> windows, LongUnaryOperator occupiedNanos, Terms terms) {
        this.windows = List.copyOf(windows);
        this.occupiedNanos = occupiedNanos;
        this.terms = terms;
    }

    /**
     * Hears a report and answers it.
     *
     * @return nothing if a later report of this executor was heard before
     */
    public Optional<Lease> report(String executor, Report report, long nowNanos) {
        Heard before = heard.getOrDefault(executor, new Heard(-1, 0));
        if (report.number() <= before.number()) {
            return Optional.empty();
        }
        heard.put(executor, new Heard(report.number(), report.refused()));
        if (report.refused() > before.refused()) {
            safe.refused(nowNanos);
        }
        if (report.pausedNanos() > 0) {
            pause(report.pausedNanos(), nowNanos);
        }
        if (closed.isEmpty()) {
            closed = report.closed();
        }
        List<Lease.Grant> grants = new ArrayList<>();
        for (Report.Use use : report.windows()) {
            QuotaWindow window = windows.get(use.id().number());
            grants.add(shared.computeIfAbsent(use.id(), id -> share(window))
                    .report(executor, use, safe.of(window.calls(), nowNanos), nowNanos));
        }
        long pause = paused ? Math.max(0, pausedUntilNanos - nowNanos) : 0;
        boolean holds = grants.stream().anyMatch(grant -> grant.held() > 0 || grant.target() > 0);
        long again = (holds ? terms.again() : terms.idle()).toNanos();
        return Optional.of(new Lease(report.number(), terms.lease().toNanos(), grants, again, pause, closed));
    }

    /** That executor's process has ended. */
    public void gone(String executor, long nowNanos) {
        heard.remove(executor);
        shared.values().forEach(window -> window.gone(executor, nowNanos));
    }

    /** The part of the quota that is used now, 1 unless the provider refused calls lately. */
    public double safePart(long nowNanos) {
        return safe.part(nowNanos);
    }

    private void pause(long forNanos, long nowNanos) {
        long until = nowNanos + forNanos;
        if (!paused || until - pausedUntilNanos > 0) {
            paused = true;
            pausedUntilNanos = until;
        }
    }

    private SharedWindow share(QuotaWindow window) {
        return new SharedWindow(
                window.calls(), occupiedNanos.applyAsLong(window.per().toNanos()), terms);
    }
}
