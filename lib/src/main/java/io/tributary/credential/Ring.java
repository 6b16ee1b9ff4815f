package io.tributary.credential;

import io.tributary.call.Ticket;
import io.tributary.call.Transport;
import io.tributary.provider.Auth;
import io.tributary.provider.HttpAnswer;
import io.tributary.provider.TokenExchange;
import io.tributary.secret.SecretRef;
import io.tributary.secret.SecretSource;
import io.tributary.secret.SecretUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * The rotation set of one provider: its keys as they are kept, their tokens, and which of them the provider still accepts.
 * Its methods block for the store and for tokens, one after the other, so that nothing is fetched twice. Confined to one
 * thread at a time.
 */
final class Ring {
    /** A token that is refused so soon after it was given is not helped by another. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    /** Until a token that could not be renewed in time is tried for again. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final String provider;
    private final Auth auth;
    private final List<Key> keys = new ArrayList<>();
    private final SecretSource store;
    private final Transport transport;
    private final Clock clock;
    private final Duration reread;
    private final Consumer<String> warnings;
    private Instant readAgainAt;

    private static final class Key {
        private final Map<String, SecretRef> refs;
        private Map<String, String> parts = Map.of();
        /** What is put on calls: the parts, or the token. */
        private Map<String, String> used = Map.of();

        private Instant tokenAt = Instant.MIN;
        private Instant renewAt = Instant.MAX;
        private String reason = "not_read";
        private long version;
        private long calls;
        private long refused;
        private long lastMillis;

        Key(Map<String, SecretRef> refs) {
            this.refs = new LinkedHashMap<>(refs);
        }

        boolean live() {
            return !used.isEmpty();
        }

        void use(Map<String, String> material) {
            used = Map.copyOf(material);
            reason = "";
            version++;
        }

        void die(String because) {
            used = Map.of();
            renewAt = Instant.MAX;
            reason = because;
        }
    }

    /**
     * @param keys the parts of each key by their places, first choice first
     * @param reread how often the store is looked at for new values
     * @param warnings takes sentences that are safe to print
     */
    Ring(
            String provider,
            Auth auth,
            List<Map<String, SecretRef>> keys,
            SecretSource store,
            Transport transport,
            Clock clock,
            Duration reread,
            Consumer<String> warnings) {
        this.provider = provider;
        this.auth = auth;
        keys.forEach(refs -> this.keys.add(new Key(refs)));
        this.store = store;
        this.transport = transport;
        this.clock = clock;
        this.reread = reread;
        this.warnings = warnings;
        this.readAgainAt = Instant.MIN;
    }

    /** The keys as they are now, read or renewed first where that is due. */
    Grants grants() {
        Instant now = clock.instant();
        if (!now.isBefore(readAgainAt)) {
            keys.forEach(this::readAgain);
            readAgainAt = now.plus(reread);
        }
        for (Key key : keys) {
            if (!now.isBefore(key.renewAt) && !fetchToken(key)) {
                key.renewAt = now.plus(AGAIN);
            }
        }
        return snapshot();
    }

    private Grants snapshot() {
        Instant next = readAgainAt;
        List<Grant> grants = new ArrayList<>();
        for (Key key : keys) {
            grants.add(new Grant(key.version, key.live(), key.used));
            next = key.renewAt.isBefore(next) ? key.renewAt : next;
        }
        Duration validFor = Duration.between(clock.instant(), next);
        return new Grants(grants, validFor.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : validFor);
    }

    /** The provider did not accept a key: it gets a new value or token, or is out. Reports of what is past change nothing. */
    Grants refused(Ticket ticket) {
        Key key = keys.get(ticket.key());
        if (key.live() && key.version == ticket.version()) {
            boolean young = Duration.between(key.tokenAt, clock.instant()).compareTo(YOUNG) < 0;
            boolean changed = readAgain(key);
            if (!changed && (!(auth instanceof Auth.Token) || young || !fetchToken(key))) {
                key.die("refused");
                warnings.accept(provider + " refused " + key.refs.values()
                        + ": it is not used any more. Replace it where it is" + " kept, and it is used again");
            }
        }
        return snapshot();
    }

    void used(List<KeyUse> uses) {
        for (KeyUse use : uses) {
            Key key = keys.get(use.key());
            key.calls += use.calls();
            key.refused += use.refused();
            key.lastMillis = Math.max(key.lastMillis, use.lastMillis());
        }
    }

    List<KeyReport> report() {
        return keys.stream()
                .map(key -> new KeyReport(
                        provider,
                        String.join(
                                ", ",
                                key.refs.values().stream()
                                        .map(SecretRef::toString)
                                        .toList()),
                        key.live(),
                        key.reason,
                        key.calls,
                        key.refused,
                        key.lastMillis))
                .toList();
    }

    /** A value that changed where it is kept is used from now on, even if the old one was refused. */
    private boolean readAgain(Key key) {
        Map<String, String> read = new LinkedHashMap<>();
        try {
            key.refs.forEach((name, ref) -> read.put(name, store.resolve(ref).reveal()));
        } catch (SecretUnavailableException e) {
            if (key.parts.isEmpty()) {
                key.die("not_there");
            }
            warnings.accept(e.getMessage());
            return false;
        }
        if (read.equals(key.parts)) {
            return false;
        }
        key.parts = read;
        if (!(auth instanceof Auth.Token)) {
            key.use(read);
            return true;
        }
        if (fetchToken(key)) {
            return true;
        }
        key.die("no_token");
        return false;
    }

    /** Whether there is a new token; what there was before stays if there is none. */
    private boolean fetchToken(Key key) {
        TokenExchange exchange = ((Auth.Token) auth).exchange();
        Instant now = clock.instant();
        HttpAnswer answer;
        try {
            answer = transport.send(exchange.request(key.parts, now)).join();
        } catch (CompletionException | CancellationException | IllegalArgumentException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            warnings.accept(provider + " gave no token: " + cause.getMessage());
            return false;
        }
        TokenExchange.Token token = exchange.read(answer).orElse(null);
        if (token == null) {
            warnings.accept(
                    provider + " gave no token: it answered with " + answer.status() + "; check the parts of its key");
            return false;
        }
        // Before anything else: the one that was used is void.
        token.refresh().ifPresent(next -> keep(key, next));
        key.use(Map.of(Auth.KEY, token.value()));
        key.tokenAt = now;
        key.renewAt = now.plus(token.lifetime().multipliedBy(9).dividedBy(10));
        return true;
    }

    private void keep(Key key, String refreshToken) {
        Map<String, String> parts = new LinkedHashMap<>(key.parts);
        parts.put(TokenExchange.REFRESH_TOKEN, refreshToken);
        key.parts = parts;
        SecretRef place = key.refs.get(TokenExchange.REFRESH_TOKEN);
        try {
            store.replace(place, refreshToken);
        } catch (RuntimeException e) {
            warnings.accept("the new refresh token of " + provider + " can't be written to " + place
                    + ": the next run will get no token with the one that is there (" + e.getMessage() + ")");
        }
    }
}
