package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** How the parts of a credential, such as a client's id and secret, become a token for a while. Immutable. */
public final class TokenExchange {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Names of the parts that HTTP Basic takes: user, then password. */
    private static final List<List<String>> PAIRS =
            List.of(List.of("client-id", "client-secret"), List.of("username", "password"));

    private final String host;
    private final URI base;
    private final String path;
    private final Map<String, Template> form;
    private final Optional<JsonTemplate> body;
    private final Map<String, String> headers;
    private final boolean basic;
    private final NodePath token;
    private final Optional<NodePath> expiresIn;
    private final Duration lifetime;
    private final Duration deadline;

    /**
     * @param host the name of the host that gives tokens
     * @param form fields of a form; empty where there is a body or none
     * @param basic whether user and password go as HTTP Basic
     * @param token where the answer holds the token
     * @param expiresIn where it says for how many seconds
     * @param lifetime where it does not say
     */
    TokenExchange(
            String host,
            URI base,
            String path,
            Map<String, Template> form,
            Optional<JsonTemplate> body,
            Map<String, String> headers,
            boolean basic,
            NodePath token,
            Optional<NodePath> expiresIn,
            Duration lifetime,
            Duration deadline) {
        this.host = host;
        this.base = base;
        this.path = path;
        this.form = new LinkedHashMap<>(form);
        this.body = body;
        this.headers = new LinkedHashMap<>(headers);
        this.basic = basic;
        this.token = token;
        this.expiresIn = expiresIn;
        this.lifetime = lifetime;
        this.deadline = deadline;
    }

    /** A token; never printed. */
    public record Token(String value, Duration lifetime) {
        public Token {
            Objects.requireNonNull(value, "value");
            if (lifetime.isNegative() || lifetime.isZero()) {
                throw new IllegalArgumentException("a token that is over is none");
            }
        }

        @Override
        public String toString() {
            return "a token for " + lifetime;
        }
    }

    String host() {
        return host;
    }

    /** The same exchange at another address. */
    TokenExchange at(URI other) {
        return new TokenExchange(host, other, path, form, body, headers, basic, token, expiresIn, lifetime, deadline);
    }

    /**
     * The request for a token. It holds secrets: to be sent at once and never stored.
     *
     * @param parts name to secret
     * @throws IllegalArgumentException if a part is missing; the message names it
     */
    public HttpCall request(Map<String, String> parts) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putIfAbsent("Accept", "application/json");
        if (basic) {
            all.put("Authorization", "Basic " + pair(parts));
        }
        byte[] content = new byte[0];
        if (!form.isEmpty()) {
            all.putIfAbsent("Content-Type", "application/x-www-form-urlencoded");
            StringBuilder text = new StringBuilder();
            form.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                    .append(encode(name))
                    .append('=')
                    .append(encode(filled(value, parts))));
            content = text.toString().getBytes(StandardCharsets.UTF_8);
        } else if (body.isPresent()) {
            all.putIfAbsent("Content-Type", "application/json");
            requireAll(body.get().used(), parts);
            content = body.get()
                    .fill(name -> Optional.ofNullable(parts.get(name)), JsonNodeFactory.instance.arrayNode())
                    .orElseThrow()
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        }
        URI uri = URI.create(base.toString().replaceFirst("/+$", "") + path);
        return new HttpCall("POST", uri, all, content, deadline);
    }

    private static String filled(Template value, Map<String, String> parts) {
        requireAll(value.used(), parts);
        return value.fill(name -> Optional.ofNullable(parts.get(name))).orElseThrow();
    }

    private static void requireAll(Iterable<String> names, Map<String, String> parts) {
        for (String name : names) {
            if (!parts.containsKey(name)) {
                throw new IllegalArgumentException("the key lacks the part " + name + "; it has "
                        + String.join(", ", new TreeSet<>(parts.keySet())));
            }
        }
    }

    private static String pair(Map<String, String> parts) {
        List<String> names = PAIRS.stream()
                .filter(pair -> parts.keySet().containsAll(pair))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the key needs the parts client-id and client-secret, or username and password; it has "
                                + String.join(", ", new TreeSet<>(parts.keySet()))));
        String pair = parts.get(names.get(0)) + ":" + parts.get(names.get(1));
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
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
        JsonNode value = json == null ? JsonNodeFactory.instance.missingNode() : token.find(json);
        if (!value.isTextual() || value.textValue().isBlank()) {
            return Optional.empty();
        }
        Duration told = expiresIn
                .map(place -> place.find(json))
                .filter(seconds -> seconds.canConvertToLong() || seconds.isTextual())
                .map(seconds -> Duration.ofSeconds(seconds.asLong()))
                .filter(time -> !time.isZero() && !time.isNegative())
                .orElse(lifetime);
        return Optional.of(new Token(value.textValue(), told));
    }
}
