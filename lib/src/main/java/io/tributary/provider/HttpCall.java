package io.tributary.provider;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A request without its credentials: those are added directly before it is sent, and never stored.
 *
 * @param headers in sending order; one value each
 * @param body empty when there is none
 * @param deadline bound on the whole exchange, from sending to the last byte of the body
 */
public record HttpCall(String method, URI uri, Map<String, String> headers, byte[] body, Duration deadline) {
    public HttpCall {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(uri, "uri");
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        body = body.clone();
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("a call needs a positive deadline");
        }
    }

    /** This call with one more header; replaces one of the same name. */
    public HttpCall withHeader(String name, String value) {
        Map<String, String> next = new LinkedHashMap<>(headers);
        next.put(name, value);
        return new HttpCall(method, uri, next, body, deadline);
    }

    /** This call with another body. */
    public HttpCall withBody(byte[] other) {
        return new HttpCall(method, uri, headers, other, deadline);
    }

    /** This call to another address. */
    public HttpCall withUri(URI other) {
        return new HttpCall(method, other, headers, body, deadline);
    }

    /** Method and path only: queries and headers may name a person or hold a key. */
    @Override
    public String toString() {
        return method + " " + uri.getHost() + uri.getPath();
    }
}
