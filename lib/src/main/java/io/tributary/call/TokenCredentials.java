package io.tributary.call;

import io.tributary.provider.Auth;
import io.tributary.provider.HttpAnswer;
import io.tributary.provider.HttpCall;
import io.tributary.provider.TokenExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Tokens that stand for keys: fetched before the first call, so that none waits for one inside its quota, and renewed when
 * nine tenths of their time are over or the provider refuses one. Thread-safe; prints no secret.
 */
public final class TokenCredentials implements Credentials {
    /** Performs an action after a time, on any thread. */
    public interface Later {
        void run(Duration delay, Runnable action);
    }

    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final Auth.Token auth;
    private final Transport transport;
    private final Later later;
    private final List<Key> keys = new ArrayList<>();

    /** The parts of a key, and its token. */
    private static final class Key {
        private final Map<String, String> parts;
        private String token;
        private boolean renewing;
        private long renewals;

        Key(Map<String, String> parts, String token) {
            this.parts = Map.copyOf(parts);
            this.token = token;
        }
    }

    /**
     * Fetches a token for each key, and waits for them.
     *
     * @param provider its name, for messages
     * @param credentials name to secret, for each key; first choice first
     * @throws NoTokenException if a key gets no token
     */
    public TokenCredentials(
            String provider, Auth.Token auth, List<Map<String, String>> credentials, Transport transport, Later later) {
        this.auth = auth;
        this.transport = transport;
        this.later = later;
        for (Map<String, String> parts : credentials) {
            TokenExchange.Token token = fetched(provider, parts);
            Key key = new Key(parts, token.value());
            keys.add(key);
            laterRenew(key, due(token));
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a provider with tokens needs at least one key");
        }
    }

    private TokenExchange.Token fetched(String provider, Map<String, String> parts) {
        HttpAnswer answer;
        try {
            answer = transport.send(auth.exchange().request(parts)).join();
        } catch (CompletionException fault) {
            throw new NoTokenException(
                    provider + " gave no token: " + fault.getCause().getMessage());
        }
        return auth.exchange()
                .read(answer)
                .orElseThrow(() -> new NoTokenException(provider + " gave no token: it answered with " + answer.status()
                        + "; check the parts of its key"));
    }

    private static Duration due(TokenExchange.Token token) {
        return token.lifetime().multipliedBy(9).dividedBy(10);
    }

    @Override
    public int keys() {
        return keys.size();
    }

    @Override
    public HttpCall apply(HttpCall call, int keyIndex) {
        Key key = keys.get(keyIndex);
        synchronized (key) {
            return auth.sign(call, key.token);
        }
    }

    @Override
    public boolean renew(int keyIndex) {
        renew(keys.get(keyIndex));
        return true;
    }

    /** Nothing, if the token was renewed before its time. */
    private void laterRenew(Key key, Duration delay) {
        long expected;
        synchronized (key) {
            expected = key.renewals;
        }
        later.run(delay, () -> {
            boolean due;
            synchronized (key) {
                due = key.renewals == expected;
            }
            if (due) {
                renew(key);
            }
        });
    }

    /** One renewal at a time: a second request could make the first one's token void. */
    private void renew(Key key) {
        synchronized (key) {
            if (key.renewing) {
                return;
            }
            key.renewing = true;
        }
        CompletableFuture<HttpAnswer> asked;
        try {
            asked = transport.send(auth.exchange().request(key.parts));
        } catch (RuntimeException closed) {
            asked = CompletableFuture.failedFuture(closed);
        }
        asked.whenComplete((answer, fault) -> {
            var token = fault == null ? auth.exchange().read(answer) : java.util.Optional.<TokenExchange.Token>empty();
            synchronized (key) {
                key.renewing = false;
                key.renewals++;
                token.ifPresent(fresh -> key.token = fresh.value());
            }
            laterRenew(key, token.map(TokenCredentials::due).orElse(AGAIN));
        });
    }

    @Override
    public void rejected(int keyIndex) {}

    @Override
    public String toString() {
        return keys.size() + " tokens";
    }
}
