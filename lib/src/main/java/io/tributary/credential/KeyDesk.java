package io.tributary.credential;

import io.tributary.call.Ticket;
import io.tributary.call.Transport;
import io.tributary.provider.Auth;
import io.tributary.secret.SecretRef;
import io.tributary.secret.SecretSource;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * All keys of a run, in one place: values are read here and nowhere else, a token is fetched once for everybody, and what
 * one caller finds out about a key holds for all. Thread-safe; each provider has a thread of its own, so that one that is
 * slow with its tokens delays no other.
 */
public final class KeyDesk implements KeySource, AutoCloseable {
    private final SecretSource store;
    private final Transport transport;
    private final Clock clock;
    private final Duration reread;
    private final Consumer<String> warnings;
    private final Map<String, Place> places = new LinkedHashMap<>();

    private record Place(Ring ring, ExecutorService thread) {}

    /**
     * An empty desk.
     *
     * @param reread how often the store is looked at for new values
     * @param warnings takes sentences that are safe to print, on any thread
     */
    public KeyDesk(SecretSource store, Transport transport, Clock clock, Duration reread, Consumer<String> warnings) {
        this.store = store;
        this.transport = transport;
        this.clock = clock;
        this.reread = reread;
        this.warnings = warnings;
    }

    /**
     * Adds a provider; to be called before anybody asks.
     *
     * @param keys the parts of each key by their places, first choice first
     */
    public KeyDesk with(String provider, Auth auth, List<Map<String, SecretRef>> keys) {
        ExecutorService thread = Executors.newSingleThreadExecutor(action -> {
            Thread worker = new Thread(action, "tributary-keys-" + provider);
            worker.setDaemon(true);
            return worker;
        });
        places.put(
                provider, new Place(new Ring(provider, auth, keys, store, transport, clock, reread, warnings), thread));
        return this;
    }

    @Override
    public CompletionStage<Grants> grants(String provider) {
        Place place = place(provider);
        return CompletableFuture.supplyAsync(place.ring()::grants, place.thread());
    }

    @Override
    public CompletionStage<Grants> refused(String provider, Ticket ticket) {
        Place place = place(provider);
        return CompletableFuture.supplyAsync(() -> place.ring().refused(ticket), place.thread());
    }

    @Override
    public void used(String provider, List<KeyUse> uses) {
        Place place = place(provider);
        place.thread().execute(() -> place.ring().used(uses));
    }

    private Place place(String provider) {
        Place place = places.get(provider);
        if (place == null) {
            throw new IllegalArgumentException("there are no keys of " + provider);
        }
        return place;
    }

    /** What became of every key so far. */
    public List<KeyReport> report() {
        return places.values().stream()
                .flatMap(place -> CompletableFuture.supplyAsync(place.ring()::report, place.thread()).join().stream())
                .toList();
    }

    /** Gives no more grants. */
    @Override
    public void close() {
        places.values().forEach(place -> place.thread().shutdownNow());
    }
}
