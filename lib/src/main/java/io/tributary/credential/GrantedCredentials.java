package io.tributary.credential;

import io.tributary.call.Credentials;
import io.tributary.call.Later;
import io.tributary.call.Signed;
import io.tributary.call.Ticket;
import io.tributary.provider.Auth;
import io.tributary.provider.HttpCall;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * The keys of one provider as a process holds them: granted by the desk before the first call, asked for again when the
 * grant ends, and whenever the provider refuses one. Thread-safe; prints no secret.
 */
public final class GrantedCredentials implements Credentials {
    /** After a request to the desk that failed; the keys that are there go on being used. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final String provider;
    private final Auth auth;
    private final KeySource source;
    private final Later later;
    private final Clock clock;
    private final List<Count> counts = new ArrayList<>();
    private List<Grant> keys = List.of();

    private static final class Count {
        private long calls;
        private long refused;
        private long lastMillis;
    }

    /**
     * Waits for the first grant.
     *
     * @throws NoKeyException if the desk has no live key
     */
    public GrantedCredentials(String provider, Auth auth, KeySource source, Later later, Clock clock) {
        this.provider = provider;
        this.auth = auth;
        this.source = source;
        this.later = later;
        this.clock = clock;
        Grants first;
        try {
            first = source.grants(provider).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new NoKeyException(provider + " has no key: " + e.getCause().getMessage());
        }
        if (first.keys().stream().noneMatch(Grant::live)) {
            throw new NoKeyException(provider + " has no key that can be used");
        }
        take(first);
        refreshAfter(first.validFor());
    }

    /** Answers of the desk may overtake each other: of each key the newest is kept, and a refusal stays. */
    private synchronized void take(Grants grants) {
        List<Grant> newest = new ArrayList<>(grants.keys());
        for (int key = 0; key < keys.size(); key++) {
            Grant known = keys.get(key);
            Grant told = newest.get(key);
            if (told.version() < known.version() || told.version() == known.version() && !known.live()) {
                newest.set(key, known);
            }
        }
        keys = newest;
        while (counts.size() < keys.size()) {
            counts.add(new Count());
        }
    }

    private void refreshAfter(Duration delay) {
        later.run(delay, () -> source.grants(provider).whenComplete((grants, fault) -> {
            if (fault == null) {
                take(grants);
            }
            refreshAfter(fault == null ? grants.validFor() : AGAIN);
        }));
    }

    @Override
    public synchronized int inUse() {
        int key = 0;
        while (key < keys.size() - 1 && !keys.get(key).live()) {
            key++;
        }
        return key;
    }

    @Override
    public synchronized Optional<Signed> sign(HttpCall call) {
        for (int key = 0; key < keys.size(); key++) {
            Grant grant = keys.get(key);
            if (grant.live()) {
                Count count = counts.get(key);
                count.calls++;
                count.lastMillis = clock.millis();
                return Optional.of(new Signed(auth.sign(call, grant.parts()), new Ticket(key, grant.version())));
            }
        }
        return Optional.empty();
    }

    @Override
    public CompletionStage<Boolean> refused(Ticket ticket) {
        synchronized (this) {
            counts.get(ticket.key()).refused++;
            if (!isCurrent(ticket)) {
                // Another call found out before: whatever stands in its place is known already.
                return CompletableFuture.completedFuture(hasLive());
            }
        }
        return source.refused(provider, ticket).thenApply(grants -> {
            take(grants);
            synchronized (this) {
                return hasLive() && !isCurrent(ticket);
            }
        });
    }

    private boolean hasLive() {
        return keys.stream().anyMatch(Grant::live);
    }

    private boolean isCurrent(Ticket ticket) {
        Grant grant = keys.get(ticket.key());
        return grant.live() && grant.version() == ticket.version();
    }

    /** Tells the desk what the keys were used for since the last time. */
    public void report() {
        List<KeyUse> uses = new ArrayList<>();
        synchronized (this) {
            for (int key = 0; key < counts.size(); key++) {
                Count count = counts.get(key);
                if (count.calls > 0 || count.refused > 0) {
                    uses.add(new KeyUse(key, count.calls, count.refused, count.lastMillis));
                    counts.set(key, new Count());
                }
            }
        }
        if (!uses.isEmpty()) {
            source.used(provider, uses);
        }
    }

    @Override
    public String toString() {
        return "keys of " + provider;
    }
}
