package io.tributary.provider;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How a key travels. It is added directly before a request is sent. */
public sealed interface Auth {
    /** The call with its key. */
    HttpCall sign(HttpCall call, String key);

    /** {@code Authorization: Bearer KEY}. */
    record Bearer() implements Auth {
        @Override
        public HttpCall sign(HttpCall call, String key) {
            return call.withHeader("Authorization", "Bearer " + key);
        }
    }

    /** {@code NAME: KEY}. */
    record Header(String name) implements Auth {
        @Override
        public HttpCall sign(HttpCall call, String key) {
            return call.withHeader(name, key);
        }
    }

    /** HTTP Basic with the key as user name and an empty password. */
    record Basic() implements Auth {
        @Override
        public HttpCall sign(HttpCall call, String key) {
            String pair = Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));
            return call.withHeader("Authorization", "Basic " + pair);
        }
    }

    /** {@code ?name=KEY}. URLs end in logs, so this is for providers that know nothing else. */
    record Query(String name) implements Auth {
        @Override
        public HttpCall sign(HttpCall call, String key) {
            String pair = name + "=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
            String uri = call.uri().toString();
            return call.withUri(URI.create(uri + (uri.contains("?") ? "&" : "?") + pair));
        }
    }

    /**
     * A token in place of the key, fetched for the key's parts.
     *
     * @param sends how the token travels
     */
    record Token(TokenExchange exchange, Auth sends) implements Auth {
        @Override
        public HttpCall sign(HttpCall call, String token) {
            return sends.sign(call, token);
        }
    }

    /** No key at all. */
    record None() implements Auth {
        @Override
        public HttpCall sign(HttpCall call, String key) {
            return call;
        }
    }
}
