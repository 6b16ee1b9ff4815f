package io.tributary.provider;

import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How a key travels. It is added directly before a request is sent. */
public sealed interface Auth {
    /** The name of the part of a key that has only one, and of a token. */
    String KEY = "key";

    /**
     * The call with its key.
     *
     * @param parts the key's parts, name to secret; a key without parts has {@link #KEY}
     * @throws IllegalArgumentException if a part is missing; the message names it and holds no secret
     */
    HttpCall sign(HttpCall call, Map<String, String> parts);

    /**
     * What a key lacks to be used here.
     *
     * @param parts the names of the parts that it has
     */
    default Set<String> lacking(Set<String> parts) {
        return parts.contains(KEY) ? Set.of() : Set.of(KEY);
    }

    /** {@code Authorization: Bearer KEY}. */
    record Bearer() implements Auth {
        @Override
        public HttpCall sign(HttpCall call, Map<String, String> parts) {
            return call.withHeader("Authorization", "Bearer " + new Parts(parts).get(KEY));
        }
    }

    /** {@code NAME: KEY}. */
    record Header(String name) implements Auth {
        @Override
        public HttpCall sign(HttpCall call, Map<String, String> parts) {
            return call.withHeader(name, new Parts(parts).get(KEY));
        }
    }

    /** Several headers, each of which may name parts of the key. */
    record Headers(Map<String, Template> headers) implements Auth {
        public Headers {
            headers = new LinkedHashMap<>(headers);
        }

        @Override
        public Set<String> lacking(Set<String> parts) {
            Set<String> wanted = new TreeSet<>();
            headers.values().forEach(text -> wanted.addAll(text.used()));
            wanted.removeAll(parts);
            return wanted;
        }

        @Override
        public HttpCall sign(HttpCall call, Map<String, String> parts) {
            Parts key = new Parts(parts);
            HttpCall signed = call;
            for (Map.Entry<String, Template> header : headers.entrySet()) {
                signed = signed.withHeader(header.getKey(), key.fill(header.getValue()));
            }
            return signed;
        }
    }

    /** HTTP Basic: user and password, or the key as user name with an empty password. */
    record Basic() implements Auth {
        @Override
        public Set<String> lacking(Set<String> parts) {
            return Parts.hasPair(parts) ? Set.of() : Auth.super.lacking(parts);
        }

        @Override
        public HttpCall sign(HttpCall call, Map<String, String> parts) {
            Parts key = new Parts(parts);
            String pair = key.find(KEY).map(user -> user + ":").orElseGet(key::pair);
            String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            return call.withHeader("Authorization", "Basic " + encoded);
        }
    }

    /** {@code ?name=KEY}. URLs end in logs, so this is for providers that know nothing else. */
    record Query(String name) implements Auth {
        @Override
        public HttpCall sign(HttpCall call, Map<String, String> parts) {
            String pair = name + "=" + URLEncoder.encode(new Parts(parts).get(KEY), StandardCharsets.UTF_8);
            String uri = call.uri().toString();
            return call.withUri(URI.create(uri + (uri.contains("?") ? "&" : "?") + pair));
        }
    }

    /** A member of the JSON body, or a field of the form. */
    record BodyField(String name) implements Auth {
        @Override
        public HttpCall sign(HttpCall call, Map<String, String> parts) {
            String key = new Parts(parts).get(KEY);
            String body = new String(call.body(), StandardCharsets.UTF_8);
            if (call.headers().getOrDefault("Content-Type", "").contains("form")) {
                String field = name + "=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
                return call.withBody((body.isEmpty() ? field : body + "&" + field).getBytes(StandardCharsets.UTF_8));
            }
            if (!body.startsWith("{")) {
                throw new IllegalArgumentException("a key can only be a member of a body that is an object");
            }
            String member = TextNode.valueOf(name) + ":" + TextNode.valueOf(key) + (body.equals("{}") ? "" : ",");
            return call.withBody(("{" + member + body.substring(1)).getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * A token in place of the key, fetched for the key's parts; it is signed with under {@link #KEY}.
     *
     * @param sends how the token travels
     */
    record Token(TokenExchange exchange, Auth sends) implements Auth {
        @Override
        public Set<String> lacking(Set<String> parts) {
            return exchange.lacking(parts);
        }

        @Override
        public HttpCall sign(HttpCall call, Map<String, String> token) {
            return sends.sign(call, token);
        }
    }

    /** No key at all. */
    record None() implements Auth {
        @Override
        public Set<String> lacking(Set<String> parts) {
            return Set.of();
        }

        @Override
        public HttpCall sign(HttpCall call, Map<String, String> parts) {
            return call;
        }
    }
}
