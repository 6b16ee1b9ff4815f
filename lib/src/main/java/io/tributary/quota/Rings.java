package io.tributary.quota;

import io.tributary.provider.QuotaWindow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The windows of a provider by whose calls they count: those of the account, of an endpoint, of a key, of an endpoint for
 * a key. Not thread-safe.
 */
final class Rings {
    private final List<QuotaWindow> limits;
    private final BiFunction<WindowId, QuotaWindow, Ring.Part> parts;
    private final boolean leased;
    private final Pacer.Factory pacers;
    private final Map<String, Ring> byScope = new LinkedHashMap<>();
    private final Map<String, int[]> waiting = new HashMap<>();
    private final Map<String, List<Ring>> byEndpoint = new HashMap<>();
    private int key;

    /** @param parts makes the part of a window that this process has at first */
    Rings(
            List<QuotaWindow> limits,
            BiFunction<WindowId, QuotaWindow, Ring.Part> parts,
            boolean leased,
            Pacer.Factory pacers) {
        this.limits = limits;
        this.parts = parts;
        this.leased = leased;
        this.pacers = pacers;
        ring("", false, false);
    }

    int key() {
        return key;
    }

    /** Another key is in use: calls that wait do so for its windows from now on. */
    void use(int newKey) {
        if (newKey != key) {
            waiting.forEach((endpoint, some) -> keyed(endpoint).forEach(ring -> ring.waiting(-some[0], -some[1])));
            key = newKey;
            byEndpoint.clear();
            waiting.forEach((endpoint, some) -> keyed(endpoint).forEach(ring -> ring.waiting(some[0], some[1])));
        }
    }

    private List<Ring> keyed(String endpoint) {
        List<Ring> keyed = new ArrayList<>();
        add(keyed, "#" + key, false, true);
        add(keyed, endpoint + "#" + key, true, true);
        return keyed;
    }

    /** The windows that a call to an endpoint counts in now. */
    List<Ring> of(String endpoint) {
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
                    own.add(parts.apply(new WindowId(i, name), limit));
                }
            }
            return new Ring(own, leased, pacers);
        });
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
