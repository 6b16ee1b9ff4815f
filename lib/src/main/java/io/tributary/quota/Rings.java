package io.tributary.quota;

import io.tributary.provider.QuotaWindow;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The windows of a provider by whose calls they count: those of the account, of an endpoint, of a key, of an endpoint for
 * a key. Not thread-safe.
 */
final class Rings {
    /** Providers tell resets in whole seconds. */
    private static final Duration COARSE = Duration.ofSeconds(1);

    private final List<QuotaWindow> limits;
    private final GateSettings settings;
    private final InstantSource wall;
    private final boolean leased;
    private final Pacer.Factory pacers;
    private final SaidWindows said;
    private final Map<String, Ring> byScope = new LinkedHashMap<>();
    private final Map<String, int[]> waiting = new HashMap<>();
    private final Map<String, List<Ring>> byEndpoint = new HashMap<>();
    private int key;

    /** @param leased whether parts come and go; else they are what the settings say */
    Rings(List<QuotaWindow> limits, GateSettings settings, InstantSource wall, boolean leased, Pacer.Factory pacers) {
        this.limits = List.copyOf(limits);
        this.settings = settings;
        this.wall = wall;
        this.leased = leased;
        this.pacers = pacers;
        this.said = new SaidWindows(limits);
        ring("", false, false);
    }

    /** The first time from now on at which all windows have room for such a call. */
    long earliestNanos(String endpoint, int items, long nowNanos) {
        long earliest = nowNanos;
        for (Ring ring : of(endpoint)) {
            earliest = Math.max(earliest, ring.earliestNanos(items, nowNanos));
        }
        return earliest;
    }

    /** Whether a larger part of any window would help. */
    boolean isHungry(String endpoint) {
        return of(endpoint).stream().anyMatch(Ring::isHungry);
    }

    /** Takes a turn, or says when to try again. */
    Optional<Long> turn(String endpoint, long nowNanos) {
        for (Ring ring : of(endpoint)) {
            Optional<Long> later = ring.turn(nowNanos);
            if (later.isPresent()) {
                return later;
            }
        }
        return Optional.empty();
    }

    /** @param lapses how many leases have run out so far */
    Permit sent(String endpoint, int items, long nowNanos, long lapses) {
        List<Ring> counted = of(endpoint);
        counted.forEach(ring -> ring.sent(items));
        return new Permit(counted, key, items, nowNanos, lapses);
    }

    List<Report.Use> report(long nowNanos) {
        List<Report.Use> uses = new ArrayList<>();
        byScope.values().forEach(ring -> uses.addAll(ring.report(nowNanos)));
        return uses;
    }

    /** Returns whether any window holds more than before. */
    boolean lease(List<Lease.Grant> grants, long nowNanos) {
        boolean more = false;
        for (Lease.Grant grant : grants) {
            for (Ring ring : byScope.values()) {
                more |= ring.lease(grant, nowNanos);
            }
        }
        return more;
    }

    /** See {@link Gate#told}. */
    void told(Permit permit, RateHeaders headers, long nowNanos) {
        for (RateHeaders.Limit limit : headers.limits()) {
            said.meantBy(limit).ifPresent(number -> permit.rings().forEach(ring -> ring.told(number, limit, nowNanos)));
        }
    }

    /** See {@link Gate#usedUp}. */
    Optional<Duration> usedUp(Permit like, RateHeaders headers, long nowNanos) {
        long full = like.rings().stream()
                .mapToLong(ring -> ring.longestFullNanos(like.items(), nowNanos))
                .max()
                .orElse(0);
        return headers.limits().stream()
                .filter(limit ->
                        limit.remaining().isPresent() && limit.remaining().getAsLong() == 0)
                .filter(limit -> !leased || said.meantBy(limit).isEmpty())
                .flatMap(limit -> limit.reset().stream())
                .filter(wait -> full == 0 || wait.toNanos() > full + COARSE.toNanos())
                .max(Duration::compareTo);
    }

    /** Calls a nanosecond that the windows let through in the long run; infinite without any. */
    double perNano(String endpoint) {
        return of(endpoint).stream().mapToDouble(Ring::perNano).min().orElse(Double.POSITIVE_INFINITY);
    }

    /**
     * Another key may be in use: then calls that wait do so for its windows from now on.
     *
     * @return whether a call that was admitted may go with this key
     */
    boolean use(int newKey, Permit permit) {
        if (newKey != key) {
            waiting.forEach((endpoint, some) -> keyed(endpoint).forEach(ring -> ring.waiting(-some[0], -some[1])));
            key = newKey;
            byEndpoint.clear();
            waiting.forEach((endpoint, some) -> keyed(endpoint).forEach(ring -> ring.waiting(some[0], some[1])));
        }
        return permit.key() == key || limits.stream().noneMatch(QuotaWindow::perKey);
    }

    private List<Ring> keyed(String endpoint) {
        List<Ring> keyed = new ArrayList<>();
        add(keyed, "#" + key, false, true);
        add(keyed, endpoint + "#" + key, true, true);
        return keyed;
    }

    /** The windows that a call to an endpoint counts in now. */
    private List<Ring> of(String endpoint) {
        return byEndpoint.computeIfAbsent(endpoint, name -> {
            List<Ring> rings = new ArrayList<>();
            rings.add(byScope.get(""));
            add(rings, name, true, false);
            rings.addAll(keyed(name));
            return rings;
        });
    }

    private void add(List<Ring> to, String scope, boolean perEndpoint, boolean perKey) {
        if (limits.stream().anyMatch(limit -> limit.perEndpoint() == perEndpoint && limit.perKey() == perKey)) {
            to.add(ring(scope, perEndpoint, perKey));
        }
    }

    private Ring ring(String scope, boolean perEndpoint, boolean perKey) {
        return byScope.computeIfAbsent(scope, name -> {
            List<Ring.Part> own = new ArrayList<>();
            for (int i = 0; i < limits.size(); i++) {
                QuotaWindow limit = limits.get(i);
                if (limit.perEndpoint() == perEndpoint && limit.perKey() == perKey) {
                    own.add(part(new WindowId(i, name), limit));
                }
            }
            return new Ring(own, leased, pacers);
        });
    }

    private Ring.Part part(WindowId id, QuotaWindow limit) {
        Share share = settings.share();
        int held = leased ? 0 : Math.max(1, share.wholeCalls(limit.calls()));
        double stretch = leased ? 1 : share.stretch(limit.calls());
        return new Ring.Part(id, limit, held, new Occupancy(limit, settings.lengthNanos(limit.per(), stretch), wall));
    }

    void waiting(String endpoint, int calls, int items) {
        int[] all = waiting.computeIfAbsent(endpoint, name -> new int[2]);
        all[0] += calls;
        all[1] += items;
        of(endpoint).forEach(ring -> ring.waiting(calls, items));
    }

    int waitingCalls() {
        return byScope.get("").waitingCalls();
    }

    Collection<Ring> all() {
        return byScope.values();
    }
}
