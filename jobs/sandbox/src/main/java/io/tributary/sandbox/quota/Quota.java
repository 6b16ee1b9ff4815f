package io.tributary.sandbox.quota;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The windows of one provider. A scope (an endpoint, a host, a key) has several windows and a call needs room in all of
 * them; a refused call counts in none. Thread-safe.
 */
public final class Quota {
    private final Function<String, List<Limit>> limits;
    private final Map<String, Scope> scopes = new HashMap<>();

    /** @param limits the windows of a scope; asked once per scope, may be empty */
    public Quota(Function<String, List<Limit>> limits) {
        this.limits = limits;
    }

    /** Counts one call in a scope if all its windows have room. */
    public synchronized Decision spend(String scope, long nowNanos) {
        return scope(scope).spend(nowNanos);
    }

    /** How full the windows of a scope are. */
    public synchronized List<WindowUse> use(String scope, long nowNanos) {
        return scope(scope).use(nowNanos);
    }

    /** The greatest use that each window of each scope ever saw since the last reset. */
    public synchronized List<Peak> peaks() {
        List<Peak> peaks = new ArrayList<>();
        new TreeMap<>(scopes).forEach((name, scope) -> peaks.addAll(scope.peaks(name)));
        return peaks;
    }

    /** Forgets the peaks; the windows go on. */
    public synchronized void resetPeaks() {
        scopes.values().forEach(scope -> scope.peaks = new int[scope.limits.size()]);
    }

    private Scope scope(String name) {
        return scopes.computeIfAbsent(name, fresh -> new Scope(limits.apply(fresh)));
    }

    private static final class Scope {
        private final List<Limit> limits;
        private final List<Meter> meters;
        private int[] peaks;

        private Scope(List<Limit> limits) {
            this.limits = limits;
            this.meters = limits.stream().map(Limit::meter).toList();
            this.peaks = new int[limits.size()];
        }

        private Decision spend(long nowNanos) {
            boolean room = true;
            for (int i = 0; i < meters.size(); i++) {
                room &= meters.get(i).used(nowNanos) < limits.get(i).calls();
            }
            if (room) {
                for (int i = 0; i < meters.size(); i++) {
                    meters.get(i).spend(nowNanos);
                    peaks[i] = Math.max(peaks[i], meters.get(i).used(nowNanos));
                }
            }
            return new Decision(room, use(nowNanos));
        }

        private List<WindowUse> use(long nowNanos) {
            List<WindowUse> uses = new ArrayList<>(meters.size());
            for (int i = 0; i < meters.size(); i++) {
                Meter meter = meters.get(i);
                uses.add(new WindowUse(limits.get(i), meter.used(nowNanos), meter.resetsAtNanos(nowNanos)));
            }
            return uses;
        }

        private List<Peak> peaks(String name) {
            List<Peak> all = new ArrayList<>();
            for (int i = 0; i < peaks.length; i++) {
                all.add(new Peak(name, limits.get(i), peaks[i]));
            }
            return all;
        }
    }

    /** The greatest use of one window. */
    public record Peak(String scope, Limit limit, int used) {
        /** The used part of the limit, 0 to 1. */
        public double share() {
            return (double) used / limit.calls();
        }
    }
}
