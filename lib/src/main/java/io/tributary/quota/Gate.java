package io.tributary.quota;

import io.tributary.provider.QuotaWindow;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides when a process may call a provider: under all its quota windows at the process's part, under the bound on calls
 * in flight, not during a pause, and never again once closed. There is one per provider and process, used by all its
 * tasks, so what one of them learns (a 429, credits gone) holds for the others at once. Thread-safe; never waits.
 *
 * <p>The part is either fixed, a {@link Share} of each window, or {@linkplain #leased leased}: then it is what the
 * coordinator granted for the last {@link Report}, and without a lease that lasts nothing is sent.
 */
public final class Gate {
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private final GateSettings settings;
    private final Optional<Runnable> hungry;
    private final Rings rings;
    private final InFlight inFlight;
    private final Stay stay;
    private final Stalls stalls = new Stalls();
    private final Outage outage = new Outage();

    /** A pause that this process was told of, and others were not. */
    private final Until toldPause = new Until();

    private List<Runnable> waiting = new ArrayList<>();
    private long leasedUntilNanos;
    private boolean isLeased;

    /** How many leases ran out before a newer one came. */
    private long lapses;

    private boolean asked;
    private long reports;
    private long sent;
    private long refused;
    private boolean closedTold;
    private String closedBecause;

    /**
     * A gate with a fixed part.
     *
     * @param limits what the provider publishes; may be empty
     * @param pacers how calls are spread, {@link GuavaPacer} in production
     * @param wall the time of day, for windows that the clock renews
     */
    public Gate(List<QuotaWindow> limits, GateSettings settings, Pacer.Factory pacers, InstantSource wall) {
        this(limits, settings, pacers, wall, Optional.empty());
    }

    private Gate(
            List<QuotaWindow> limits,
            GateSettings settings,
            Pacer.Factory pacers,
            InstantSource wall,
            Optional<Runnable> hungry) {
        this.settings = settings;
        this.hungry = hungry;
        this.inFlight = new InFlight(settings.maxInFlight());
        this.stay = new Stay(settings.maxPause());
        this.rings = new Rings(limits, settings, wall, hungry.isPresent(), pacers);
    }

    /**
     * A gate that holds nothing until a lease comes.
     *
     * @param hungry is called when a call waits for a larger part that no report has asked for yet; quick, from any thread
     */
    public static Gate leased(
            List<QuotaWindow> limits,
            GateSettings settings,
            Pacer.Factory pacers,
            InstantSource wall,
            Runnable hungry) {
        return new Gate(limits, settings, pacers, wall, Optional.of(hungry));
    }

    /** {@link #admit(String, int, long)} for a call of one ask. */
    public Admission admit(String endpoint, long nowNanos) {
        return admit(endpoint, 1, nowNanos);
    }

    /**
     * Whether a call may be sent now. A grant must be followed by the sending at once.
     *
     * @param endpoint what the call counts against where a window is {@linkplain QuotaWindow#perEndpoint() per endpoint}
     * @param items how many asks the call carries, at least 1
     */
    public synchronized Admission admit(String endpoint, int items, long nowNanos) {
        if (closedBecause != null) {
            return new Admission.Exhausted(closedBecause);
        }
        Optional<Long> away = stay.until(nowNanos);
        if (away.isPresent()) {
            stalls.begin(Stalls.Cause.PAUSE, nowNanos);
            return new Admission.NotBefore(away.get());
        }
        if (inFlight.isFull()) {
            stalls.begin(Stalls.Cause.IN_FLIGHT, nowNanos);
            return new Admission.Full();
        }
        if (lapsed(nowNanos)) {
            stalls.begin(Stalls.Cause.LEASE, nowNanos);
            ask();
            return new Admission.Full();
        }
        long earliest = rings.earliestNanos(endpoint, items, nowNanos);
        if (earliest > nowNanos) {
            stalls.begin(Stalls.Cause.QUOTA, nowNanos);
            if (rings.isHungry(endpoint)) {
                ask();
            }
            return earliest == SlidingWindow.WHEN_ANSWERED ? new Admission.Full() : new Admission.NotBefore(earliest);
        }
        Optional<Long> turn = rings.turn(endpoint, nowNanos);
        if (turn.isPresent()) {
            stalls.begin(Stalls.Cause.QUOTA, nowNanos);
            return new Admission.NotBefore(turn.get());
        }
        stalls.begin(Stalls.Cause.NONE, nowNanos);
        inFlight.sent();
        sent++;
        return new Admission.Granted(rings.sent(endpoint, items, nowNanos, lapses));
    }

    /**
     * Whether a call that was admitted may still be handed to the network: its lease may have run out meanwhile, and then its
     * place may be another executor's, a newer lease or not.
     */
    public synchronized boolean stillMay(Permit permit, long nowNanos) {
        return !lapsed(nowNanos) && permit.lapses() == lapses;
    }

    /** Once for each report that said nothing of it: what is known already is not asked for again. */
    private void ask() {
        if (!asked) {
            asked = true;
            hungry.ifPresent(Runnable::run);
        }
    }

    private boolean lapsed(long nowNanos) {
        return hungry.isPresent() && (!isLeased || nowNanos - leasedUntilNanos >= 0);
    }

    /**
     * Calls came to wait for this gate, or do so no more.
     *
     * @param calls how many more; negative for fewer
     * @param items how many asks these carry together, with the same sign
     */
    public synchronized void waiting(String endpoint, int calls, int items, long nowNanos) {
        rings.waiting(endpoint, calls, items);
        if (rings.waitingCalls() == 0) {
            stalls.begin(Stalls.Cause.NO_WORK, nowNanos);
        }
    }

    /** A report of a process that may have nothing more to send: if nothing waits or is under way, all that is free is given back. */
    public synchronized Report lastReport(long nowNanos) {
        if (rings.waitingCalls() == 0 && inFlight.open() == 0) {
            rings.all().forEach(Ring::rest);
        }
        return report(nowNanos);
    }

    /** What this process uses and wants of the quota, for the coordinator. Parts that it can't use soon are given back. */
    public synchronized Report report(long nowNanos) {
        if (lapsed(nowNanos)) {
            rings.all().forEach(Ring::lapse);
        }
        asked = rings.waitingCalls() > 0;
        closedTold = closedBecause != null;
        return new Report(
                ++reports,
                rings.report(nowNanos),
                sent,
                refused,
                toldPause.left(nowNanos),
                outage.leftHere(nowNanos),
                Optional.ofNullable(closedBecause),
                stalls.nanos(nowNanos));
    }

    /**
     * The coordinator's answer. One to an older report is ignored: parts may have been given back since.
     *
     * @param reportedNanos when the report was made: the lease counts from then
     */
    public void lease(Lease lease, long reportedNanos, long nowNanos) {
        List<Runnable> wake;
        synchronized (this) {
            if (lease.number() != reports) {
                return;
            }
            if (isLeased && lapsed(nowNanos)) {
                lapses++;
            }
            isLeased = true;
            leasedUntilNanos = reportedNanos + lease.lengthNanos();
            // A part of the shortest window makes parts of the longer ones useful.
            asked &= !rings.lease(lease.grants(), nowNanos);
            if (lease.pausedNanos() > 0) {
                stay.away(lease.pausedNanos(), nowNanos);
            }
            outage.elsewhere(lease.brokenNanos(), nowNanos);
            wake = wakeAll();
        }
        lease.closed().ifPresent(this::close);
        wake.forEach(Runnable::run);
    }

    /** The exchange ended, with an answer or without: the call occupies its windows from its sending until now and on. */
    public void answered(Permit permit, long nowNanos) {
        long arrived = arrivedNanos(permit, nowNanos);
        release(permit, true, nowNanos, ring -> ring.answered(permit.items(), arrived, nowNanos));
    }

    /** The call was refused for the rate: that may be free in some windows. Besides, see {@link #refused}. */
    public void answeredByRefusal(Permit permit, long nowNanos) {
        long arrived = arrivedNanos(permit, nowNanos);
        release(permit, false, nowNanos, ring -> ring.refused(permit.items(), arrived, nowNanos));
    }

    /** The call never reached the provider, for certain (no connection): it occupies nothing. */
    public void neverSent(Permit permit) {
        release(permit, false, permit.grantedNanos(), ring -> ring.neverSent(permit.items()));
    }

    private long arrivedNanos(Permit permit, long nowNanos) {
        return settings.arrivesWithin()
                .map(within -> Math.min(nowNanos, permit.grantedNanos() + within.toNanos()))
                .orElse(nowNanos);
    }

    private void release(Permit permit, boolean served, long nowNanos, Consumer<Ring> how) {
        List<Runnable> wake;
        synchronized (this) {
            if (!permit.close()) {
                return;
            }
            inFlight.ended();
            if (served) {
                inFlight.answered(nowNanos - permit.grantedNanos());
            }
            permit.rings().forEach(how);
            wake = wakeAll();
        }
        wake.forEach(Runnable::run);
    }

    private List<Runnable> wakeAll() {
        List<Runnable> wake = waiting;
        waiting = new ArrayList<>();
        return wake;
    }

    /**
     * How long to stay away because the headers of an answer say that nothing is left of a window. Not where that is no news:
     * while a window is full here that will be new by then, or where the coordinator reckons what others use. Otherwise
     * somebody else uses the same key, or the provider has a window that nobody told us of.
     *
     * @param like the answered call's permit
     */
    public synchronized Optional<Duration> usedUp(Permit like, RateHeaders headers, long nowNanos) {
        return rings.usedUp(like, headers, nowNanos);
    }

    /** Whether calls wait, are in flight, or were answered so lately that they still count: then it has to report. */
    public synchronized boolean isBusy() {
        return closedBecause != null && !closedTold
                || rings.waitingCalls() > 0
                || inFlight.open() > 0
                || rings.all().stream().anyMatch(Ring::holds);
    }

    /**
     * The headers of an answer said how full windows are.
     *
     * @param permit that of the answered call
     */
    public synchronized void told(Permit permit, RateHeaders headers, long nowNanos) {
        rings.told(permit, headers, nowNanos);
    }

    /** Whether a call that was admitted for another key may go with this one: else it waits for that key's windows. */
    public synchronized boolean goesWith(Permit permit, int key) {
        return rings.use(key, permit);
    }

    /** The circuit of this process opened for so long: others are told. */
    public synchronized void broken(Duration length, long nowNanos) {
        outage.here(length.toNanos(), nowNanos);
    }

    /** Whether another executor's circuit is open, so that nobody else need find out. */
    public synchronized boolean isBrokenElsewhere(long nowNanos) {
        return outage.isElsewhere(nowNanos);
    }

    /** The service answers again. */
    public synchronized void mended() {
        outage.over();
    }

    /** Calls wait, or are put off, for what the gate does not see. */
    public synchronized void stalled(Stalls.Cause cause, long nowNanos) {
        stalls.begin(cause, nowNanos);
    }

    /** Calls back once after the next call ended or a lease came; the callback must be quick, and may come from any thread. */
    public synchronized void onRelease(Runnable callback) {
        waiting.add(callback);
    }

    /** The provider answered as it should: forgets earlier rate limits, and slowly gives concurrency back. */
    public synchronized void good() {
        stay.good();
        inFlight.good();
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
        refused++;
        Duration pause = stay.refused(permit, told, nowNanos, random);
        toldPause.extend(Math.min(pause.toNanos(), LONGEST_PAUSE.toNanos()), nowNanos);
        if (stay.isTooLong()) {
            close("rate_limited");
        }
        return pause;
    }

    /** Nobody calls for this long; a longer pause that is already on stays. */
    public synchronized void pause(Duration pause, long nowNanos) {
        stay.away(pause.toNanos(), nowNanos);
        toldPause.extend(Math.min(pause.toNanos(), LONGEST_PAUSE.toNanos()), nowNanos);
    }

    /** The provider said "too many at once": half as many from now on. */
    public synchronized void tooConcurrent() {
        inFlight.tooMany();
    }

    /** No call is admitted any more; the first reason stays. Returns whether this call closed it. */
    public boolean close(String reason) {
        List<Runnable> wake;
        synchronized (this) {
            if (closedBecause != null) {
                return false;
            }
            closedBecause = reason;
            wake = wakeAll();
        }
        wake.forEach(Runnable::run);
        return true;
    }

    /** Why it is closed, if it is. */
    public synchronized Optional<String> closedBecause() {
        return Optional.ofNullable(closedBecause);
    }

    /**
     * How many calls to an endpoint it lets through within a time at most, by what it holds now: as many are worth preparing
     * ahead.
     *
     * @return at least 1
     */
    public synchronized int admissibleWithin(String endpoint, Duration time) {
        return (int) Math.max(1, Math.min(inFlight.allowed(), rings.perNano(endpoint) * time.toNanos()));
    }
}
