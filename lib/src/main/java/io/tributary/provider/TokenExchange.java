package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** How the parts of a credential, such as a client's id and secret, become a token for a while. Immutable. */
public final class TokenExchange {
    /** The part of a key that each exchange replaces, where the provider gives a new one with each token. */
    public static final String REFRESH_TOKEN = "refresh-token";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<TokenRequest> requests;
    private final NodePath token;
    private final Optional<NodePath> expiresIn;
    private final Optional<NodePath> refreshToken;
    private final Duration lifetime;

    /**
     * @param requests the first whose parts a key has is made for it
     * @param token where the answer holds the token
     * @param expiresIn where it says for how many seconds
     * @param refreshToken where it holds what must be used for the next one
     * @param lifetime where it does not say for how long
     */
    TokenExchange(
            List<TokenRequest> requests,
            NodePath token,
            Optional<NodePath> expiresIn,
            Optional<NodePath> refreshToken,
            Duration lifetime) {
        this.requests = List.copyOf(requests);
        this.token = token;
        this.expiresIn = expiresIn;
        this.refreshToken = refreshToken;
        this.lifetime = lifetime;
    }

    /**
     * A token; never printed.
     *
     * @param refresh what must be used for the next one, in place of the key's part {@link #REFRESH_TOKEN}
     */
    public record Token(String value, Duration lifetime, Optional<String> refresh) {
        public Token {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(refresh, "refresh");
            if (lifetime.isNegative() || lifetime.isZero()) {
                throw new IllegalArgumentException("a token that is over is none");
            }
        }

        @Override
        public String toString() {
            return "a token for " + lifetime;
        }
    }

    /** The same exchange at other addresses. */
    TokenExchange at(UnaryOperator<TokenRequest> moved) {
        return new TokenExchange(requests.stream().map(moved).toList(), token, expiresIn, refreshToken, lifetime);
    }

    /** The parts that a key lacks to be exchanged; where there are several ways, for the one that lacks least. */
    Set<String> lacking(Set<String> parts) {
        return lacking(chosen(parts), parts);
    }

    private TokenRequest chosen(Set<String> parts) {
        return requests.stream()
                .min(Comparator.comparingInt(request -> lacking(request, parts).size()))
                .orElseThrow();
    }

    private Set<String> lacking(TokenRequest request, Set<String> parts) {
        Set<String> lacking = new TreeSet<>(request.used());
        if (refreshToken.isPresent()) {
            lacking.add(REFRESH_TOKEN);
        }
        if (request.basic() && !Parts.hasPair(parts)) {
            lacking.addAll(List.of("client-id", "client-secret"));
        }
        lacking.removeAll(parts);
        return lacking;
    }

    /** Whether each exchange makes a part of the key void and gives another in its place. */
    public boolean replacesRefreshToken() {
        return refreshToken.isPresent();
    }

    /**
     * The request for a token. It holds secrets: to be sent at once and never stored.
     *
     * @param parts name to secret
     * @param now for what the client signs
     * @throws IllegalArgumentException if a part is missing or can't be used; the message names it and holds no secret
     */
    public HttpCall request(Map<String, String> parts, Instant now) {
        return chosen(parts.keySet()).call(new Parts(parts), now);
    }

    /** The token of an answer; empty if it gives none. */
    public Optional<Token> read(HttpAnswer answer) {
        if (answer.status() / 100 != 2) {
            return Optional.empty();
        }
        JsonNode json;
        try {
            json = JSON.readTree(answer.body());
        } catch (IOException notJson) {
            return Optional.empty();
        }
        return text(json, token)
                .map(value -> new Token(value, told(json), refreshToken.flatMap(place -> text(json, place))));
    }

    private static Optional<String> text(JsonNode json, NodePath place) {
        JsonNode value = json == null ? JsonNodeFactory.instance.missingNode() : place.find(json);
        return Optional.ofNullable(value.textValue()).filter(text -> !text.isBlank());
    }

    private Duration told(JsonNode json) {
        return expiresIn
                .map(place -> place.find(json))
                .filter(seconds -> seconds.canConvertToLong() || seconds.isTextual())
                .map(seconds -> Duration.ofSeconds(seconds.asLong()))
                .filter(time -> !time.isZero() && !time.isNegative())
                .orElse(lifetime);
    }
}
