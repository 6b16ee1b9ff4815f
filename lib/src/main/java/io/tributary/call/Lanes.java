package io.tributary.call;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The lanes of one process, by run and provider: whoever comes first makes one, and all others use it. Thread-safe. */
public final class Lanes {
    private record Key(String run, String provider) {}

    private final Map<Key, Lane> lanes = new ConcurrentHashMap<>();

    public Lane of(String run, String provider, Supplier<Lane> first) {
        return lanes.computeIfAbsent(new Key(run, provider), key -> first.get());
    }

    /** Forgets a run that has ended. */
    public void forget(String run) {
        lanes.keySet().removeIf(key -> key.run().equals(run));
    }
}
