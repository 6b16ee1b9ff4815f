package io.tributary.quota;

import io.tributary.provider.QuotaWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides when a process may call a provider: under all its quota windows at the process's share, under the bound on calls
 * in flight, not during a pause, and never again once closed. There is one per provider and process, used by all its
 * tasks, so what one of them learns (a 429, credits gone) holds for the others at once. Thread-safe; never waits.
 */
public final class Gate {
    private static final Duration SMOOTHING = Duration.ofSeconds(10);
    private static final double BURST_SECONDS = 0.1;
    private static final double PACER_HEADROOM = 1.1;

    private final GateSettings settings;
    private final List<QuotaWindow> limits;
    private final Pacer.Factory pacers;
    private final Ring shared;
    private final Map<String, Ring> endpoints = new HashMap<>();
    private List<Runnable> waiting = new ArrayList<>();
    private int inFlight;
    private int allowedInFlight;
    private int goodAnswers;
    private boolean paused;
    private long pausedUntilNanos;
    private boolean limited;
    private long limitedSinceNanos;
    private int strikes;
    private String closedBecause;

    /**
     * @param limits what the provider publishes; may be empty
     * @param pacers how calls are spread, {@link GuavaPacer} in production
     */
    public Gate(List<QuotaWindow> limits, GateSettings settings, Pacer.Factory pacers) {
        this.limits = List.copyOf(limits);
        this.settings = settings;
        this.pacers = pacers;
        this.allowedInFlight = settings.maxInFlight();
        this.shared = ring(false);
    }

    /**
     * Whether a call may be sent now. A grant must be followed by the sending at once.
     *
     * @param endpoint what the call counts against where a window is {@linkplain QuotaWindow#perEndpoint() per endpoint}
     */
    public synchronized Admission admit(String endpoint, long nowNanos) {
        if (closedBecause != null) {
            return new Admission.Exhausted(closedBecause);
        }
        if (paused && nowNanos - pausedUntilNanos < 0) {
            return new Admission.NotBefore(pausedUntilNanos);
        }
        if (inFlight >= allowedInFlight) {
            return new Admission.Full();
        }
        Ring own = endpoints.computeIfAbsent(endpoint, name -> ring(true));
        long earliest = Math.max(shared.earliestNanos(nowNanos), own.earliestNanos(nowNanos));
        if (earliest == SlidingWindow.WHEN_ANSWERED) {
            return new Admission.Full();
        }
        if (earliest > nowNanos) {
            return new Admission.NotBefore(earliest);
        }
        Optional<Long> turn = shared.turn(nowNanos).or(() -> own.turn(nowNanos));
        if (turn.isPresent()) {
            return new Admission.NotBefore(turn.get());
        }
        inFlight++;
        shared.windows.forEach(SlidingWindow::sent);
        own.windows.forEach(SlidingWindow::sent);
        return new Admission.Granted(new Permit(endpoint, nowNanos));
    }

    /** The exchange ended, with an answer or without: the call occupies its windows from its sending until now and on. */
    public void answered(Permit permit, long nowNanos) {
        release(permit, window -> window.answered(nowNanos));
    }

    /** The call never reached the provider, for certain (no connection): it occupies nothing. */
    public void neverSent(Permit permit) {
        release(permit, SlidingWindow::neverSent);
    }

    private void release(Permit permit, java.util.function.Consumer<SlidingWindow> how) {
        List<Runnable> wake;
        synchronized (this) {
            if (!permit.close()) {
                return;
            }
            inFlight--;
            shared.windows.forEach(how);
            endpoints.get(permit.endpoint()).windows.forEach(how);
            wake = waiting;
            waiting = new ArrayList<>();
        }
        wake.forEach(Runnable::run);
    }

    /** Calls back once after the next call ended; the callback must be quick, and may come from any thread. */
    public synchronized void onRelease(Runnable callback) {
        waiting.add(callback);
    }

    /** The provider answered as it should: forgets earlier rate limits, and slowly gives concurrency back. */
    public synchronized void good() {
        limited = false;
        strikes = 0;
        if (allowedInFlight < settings.maxInFlight() && ++goodAnswers >= allowedInFlight) {
            allowedInFlight++;
            goodAnswers = 0;
        }
    }

    /**
     * The provider said "too fast": nobody calls until the pause is over. Several refusals of one burst are one strike. A
     * pause beyond the bound closes the gate.
     *
     * @param permit the refused call's
     * @param told how long the provider asked to wait, if it did
     * @param random uniform in [0, 1)
     * @return how long the pause is
     */
    public synchronized Duration refused(Permit permit, Optional<Duration> told, long nowNanos, double random) {
        if (!limited) {
            limited = true;
            limitedSinceNanos = nowNanos;
        }
        boolean sameBurst = paused && permit.grantedNanos() - pausedUntilNanos < 0;
        if (!sameBurst) {
            strikes++;
        }
        Duration pause = Pause.length(told, strikes, random);
        pause(pause, nowNanos);
        if (pausedUntilNanos - limitedSinceNanos > settings.maxPause().toNanos()) {
            close("rate_limited");
        }
        return pause;
    }

    /** Nobody calls for this long; a longer pause that is already on stays. */
    public synchronized void pause(Duration pause, long nowNanos) {
        long until = nowNanos + Math.min(pause.toNanos(), Duration.ofDays(1).toNanos());
        if (!paused || until - pausedUntilNanos > 0) {
            paused = true;
            pausedUntilNanos = until;
        }
    }

    /** The provider said "too many at once": half as many from now on. */
    public synchronized void tooConcurrent() {
        allowedInFlight = Math.max(1, Math.min(allowedInFlight, Math.max(1, inFlight)) / 2);
        allowedInFlight = Math.max(1, allowedInFlight);
        goodAnswers = 0;
    }

    /** No call is admitted any more; the first reason stays. Returns whether this call closed it. */
    public boolean close(String reason) {
        List<Runnable> wake;
        synchronized (this) {
            if (closedBecause != null) {
                return false;
            }
            closedBecause = reason;
            wake = waiting;
            waiting = new ArrayList<>();
        }
        wake.forEach(Runnable::run);
        return true;
    }

    /** Why it is closed, if it is. */
    public synchronized Optional<String> closedBecause() {
        return Optional.ofNullable(closedBecause);
    }

    /**
     * How many calls to an endpoint it could let through within a time at most: as many are worth preparing ahead.
     *
     * @return at least 1
     */
    public int admissibleWithin(Duration time) {
        double most = settings.maxInFlight();
        for (QuotaWindow limit : limits) {
            double rate =
                    limit.calls() * settings.share().fraction() / limit.per().toNanos();
            most = Math.min(most, rate * time.toNanos());
        }
        return Math.max(1, (int) most);
    }

    private Ring ring(boolean perEndpoint) {
        Share share = settings.share();
        List<SlidingWindow> windows = new ArrayList<>();
        double pace = Double.POSITIVE_INFINITY;
        for (QuotaWindow limit : limits) {
            if (limit.perEndpoint() == perEndpoint) {
                long length = settings.lengthNanos(limit.per(), share.stretch(limit.calls()));
                int calls = Math.max(1, share.wholeCalls(limit.calls()));
                windows.add(new SlidingWindow(calls, length));
                pace = Math.min(pace, calls * 1e9 / Math.min(length, SMOOTHING.toNanos()));
            }
        }
        if (windows.isEmpty()) {
            return new Ring(windows, Optional.empty());
        }
        double rate = pace * PACER_HEADROOM;
        return new Ring(windows, Optional.of(pacers.pacer(rate, Math.max(1, rate * BURST_SECONDS))));
    }

    /** Windows that count the same calls, and what spreads these. */
    private record Ring(List<SlidingWindow> windows, Optional<Pacer> pacer) {
        long earliestNanos(long nowNanos) {
            long earliest = nowNanos;
            for (SlidingWindow window : windows) {
                earliest = Math.max(earliest, window.earliestNanos(nowNanos));
            }
            return earliest;
        }

        /** Takes a turn, or says when to try again. */
        Optional<Long> turn(long nowNanos) {
            return pacer.filter(p -> !p.tryTake(nowNanos)).map(p -> p.retryAtNanos(nowNanos));
        }
    }
}
